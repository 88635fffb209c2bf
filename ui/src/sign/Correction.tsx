import { type FormEvent, useState } from 'react'
import { ApiProblem } from '@/lib/api/problem'
import type { Part } from './Content'
import { answer, type SigningPage } from './SigningApp'

/** The customer does not sign but says what is wrong. */
export function Correction({ token, words, onPage, onClose }: Part & { onClose: () => void }) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      onPage(await answer<SigningPage>(token, 'ask-correction', { text }))
      onClose()
    } catch (error) {
      setWrong(error instanceof ApiProblem ? (error.errors[0]?.message ?? error.message) : words.failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="box stack" onSubmit={event => void submit(event)}>
      <h2>{words.correction}</h2>
      <label>
        {words.correction_text}
        <textarea rows={5} maxLength={2000} required value={text} onChange={event => setText(event.target.value)} />
      </label>
      {wrong && (
        <p className="ink-late" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="main wide" disabled={busy || !text.trim()}>
        {words.correction_send}
      </button>
      <button type="button" className="plain wide" onClick={onClose}>
        {words.back}
      </button>
    </form>
  )
}
