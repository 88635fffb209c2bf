import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api/problem'

/** Everything asked of the server, kept fresh by the event stream. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.transient,
    },
  },
})
