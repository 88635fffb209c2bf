import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '@/lib/api/problem'
import type { components } from '@/lib/api/schema'
import { Pad, type PadHandle } from './Pad'
import { typed } from './typed'
import type { Words } from './words'

const WAYS = ['drawn', 'typed', 'seal'] as const
type Way = (typeof WAYS)[number]

/** A file as base64, without the head of the data address. */
function content(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(file)
  })
}

interface Props {
  /** Of the document that the page shows. */
  document_sha256: string
  words: Words
  onSign: (body: components['schemas']['SignatureInput']) => Promise<void>
}

/** Drawn by finger or mouse, typed, or the picture of a seal; with a name and a tick. */
export function SignForm({ document_sha256, words, onSign }: Props) {
  const [way, setWay] = useState<Way>('drawn')
  const [signer, setSigner] = useState('')
  const [consent, setConsent] = useState(false)
  const [seal, setSeal] = useState<File | null>(null)
  const [drawn, setDrawn] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const pad = useRef<PadHandle>(null)
  const ready = signer.trim() && consent && (way === 'typed' || (way === 'drawn' ? drawn : seal))

  const signature = async () => {
    if (way === 'seal') return seal ? content(seal) : ''
    const picture = way === 'typed' ? typed(signer.trim()) : pad.current?.picture()
    return (await picture)?.split(',')[1] ?? ''
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setWrong('')
    try {
      await onSign({ signer, way, consent, signature: await signature(), document_sha256 })
      window.scrollTo({ top: 0 })
    } catch (error) {
      setWrong(error instanceof ApiProblem ? (error.errors[0]?.message ?? error.message) : words.failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="box stack" onSubmit={event => void submit(event)}>
      <h2>{words.sign}</h2>
      <fieldset className="ways">
        <legend className="hidden">{words.way}</legend>
        {WAYS.map(value => (
          <label key={value} className={value === way ? 'way chosen' : 'way'}>
            <input type="radio" name="way" value={value} checked={value === way} onChange={() => setWay(value)} />
            {words[`way_${value}`]}
          </label>
        ))}
      </fieldset>
      {way === 'drawn' && <Pad ref={pad} words={words} onChange={setDrawn} />}
      {way === 'seal' && (
        <label>
          {words.seal}
          <input
            type="file"
            accept="image/png,image/jpeg"
            onChange={event => setSeal(event.target.files?.[0] ?? null)}
          />
          {seal && <Preview file={seal} label={words.way_seal} />}
        </label>
      )}
      <label>
        {words.signer}
        <input
          type="text"
          autoComplete="name"
          maxLength={100}
          required
          value={signer}
          onChange={event => setSigner(event.target.value)}
        />
      </label>
      {way === 'typed' && signer.trim() && <div className="typed">{signer}</div>}
      <label className="tick">
        <input type="checkbox" checked={consent} onChange={event => setConsent(event.target.checked)} />
        <span>{words.consent}</span>
      </label>
      {wrong && (
        <p className="ink-late" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="main wide" disabled={busy || !ready}>
        {busy ? words.signing : words.sign_now}
      </button>
      <p className="small soft">{words.recorded}</p>
    </form>
  )
}

function Preview({ file, label }: { file: File; label: string }) {
  const [source, setSource] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setSource(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return source ? <img className="seal" src={source} alt={label} /> : null
}
