/** The pages a customer opens by a link: small, without the shell, for a phone. */
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import './sign.css'
import './answer.css'

const SigningApp = lazy(() => import('./SigningApp').then(({ SigningApp }) => ({ default: SigningApp })))
const OfferApp = lazy(() => import('./OfferApp').then(({ OfferApp }) => ({ default: OfferApp })))

const [, kind, last = ''] = window.location.pathname.split('/')
const token = decodeURIComponent(last)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Suspense fallback={<div className="waiting" role="status" aria-label="…" />}>
        {kind === 'offer' ? <OfferApp token={token} /> : <SigningApp token={token} />}
      </Suspense>
    </StrictMode>,
  )
}
