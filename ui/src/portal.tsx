/** The portal: a program of its own beside the company's, with its own page, session and bundle (INT-07). */
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { PortalRoot } from './features/portal/PortalRoot'
import { loadTexts, startLanguage } from './lib/i18n'
import { queries } from './lib/queries'
import { paintStored, ThemeProvider } from './lib/theme'
import './styles.css'

paintStored()
await startLanguage()
await loadTexts(['message', 'portal'])

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <ThemeProvider>
          <PortalRoot />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
