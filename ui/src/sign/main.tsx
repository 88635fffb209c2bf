/** The page a customer opens by a link: small, without the shell, for a phone. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SigningApp } from './SigningApp'
import './sign.css'

const token = decodeURIComponent(window.location.pathname.split('/')[2] ?? '')
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SigningApp token={token} />
    </StrictMode>,
  )
}
