import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppRoot } from './app'
import { startLanguage } from './lib/i18n'
import { paintStored } from './lib/theme'
import './styles.css'

paintStored()
await startLanguage()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <AppRoot />
    </StrictMode>,
  )
}
