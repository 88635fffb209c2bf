/** Puts the pieces together: queries, theme, the person who is signed in, and the pages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { SessionGate } from './components/shell/SessionGate'
import { queries } from './lib/queries'
import { ThemeProvider } from './lib/theme'
import { Pages } from './router'

export function AppRoot() {
  return (
    <QueryClientProvider client={queries}>
      <ThemeProvider>
        <SessionGate>
          <Pages />
        </SessionGate>
      </ThemeProvider>
    </QueryClientProvider>
  )
}
