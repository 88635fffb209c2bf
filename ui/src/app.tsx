/** Puts the pieces together: queries, theme, the person who is signed in, and the pages. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router'
import { SessionGate } from './components/shell/SessionGate'
import { ApiProblem } from './lib/api/problem'
import { ThemeProvider } from './lib/theme'
import { router } from './router'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.transient,
    },
  },
})

export function AppRoot() {
  return (
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </ThemeProvider>
    </QueryClientProvider>
  )
}
