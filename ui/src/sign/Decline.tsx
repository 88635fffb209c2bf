import { type FormEvent, useState } from 'react'
import { ApiProblem } from '@/lib/api/problem'
import type { OfferPart } from './OfferContent'

/** The customer declines, and says why. */
export function Decline({ answer, page, words, onPage, onClose }: OfferPart & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const [signer, setSigner] = useState(page.contact_name)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const ready = reason && signer.trim() && (reason !== 'other' || note.trim())
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      onPage(await answer('decline', { reason, note, signer }))
      window.scrollTo({ top: 0 })
    } catch (error) {
      setWrong(error instanceof ApiProblem ? (error.errors[0]?.message ?? error.message) : words.failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="box stack" onSubmit={event => void submit(event)}>
      <h2>{words.decline}</h2>
      <fieldset className="ways">
        <legend>{words.decline_why}</legend>
        {page.reasons.map(({ code, name }) => (
          <label key={code} className={code === reason ? 'way chosen' : 'way'}>
            <input type="radio" name="reason" value={code} checked={code === reason} onChange={() => setReason(code)} />
            {name}
          </label>
        ))}
      </fieldset>
      <label>
        {words.decline_text}
        <textarea rows={3} maxLength={1000} value={note} onChange={event => setNote(event.target.value)} />
      </label>
      <label>
        {words.decline_signer}
        <input
          type="text"
          autoComplete="name"
          maxLength={100}
          required
          value={signer}
          onChange={event => setSigner(event.target.value)}
        />
      </label>
      {wrong && (
        <p className="ink-late" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="main wide" disabled={busy || !ready}>
        {words.decline_send}
      </button>
      <button type="button" className="plain wide" onClick={onClose}>
        {words.back}
      </button>
    </form>
  )
}
