import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppRoot } from './app'
import { startLanguage } from './lib/i18n'
import { queries } from './lib/queries'
import { sessionQuery } from './lib/session-query'
import { paintStored } from './lib/theme'
import { preload } from './pages'
import './styles.css'

paintStored()
// What the first page needs is fetched side by side: its code, who is signed in, the words.
preload(window.location.pathname === '/' ? '/my-work' : window.location.pathname)
void queries.prefetchQuery(sessionQuery)
await startLanguage()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <AppRoot />
    </StrictMode>,
  )
}
