import { useState } from 'react'
import { formatInstant } from '@/lib/format'
import { Correction } from './Correction'
import { Document, Lines, Receipt, Totals } from './parts'
import { SignForm } from './SignForm'
import { answer, type SigningPage } from './SigningApp'
import { fill, type Words } from './words'

export interface Part {
  token: string
  page: SigningPage
  words: Words
  onPage: (page: SigningPage) => void
}

/** The order, its document, and what the customer answers. */
export function Content(part: Part) {
  const { page, words } = part
  const [correcting, setCorrecting] = useState(false)
  return (
    <main className="stack">
      <State page={page} words={words} />
      {page.changed_since ? (
        <div className="notice risk" role="status">
          <strong>{words.changed_since}</strong>
          <p>{words.changed_since_text}</p>
        </div>
      ) : (
        <>
          <Facts page={page} words={words} />
          <Lines page={page} words={words} />
          <Totals page={page} words={words} />
        </>
      )}
      <Document path={`/public/sign/${encodeURIComponent(part.token)}/document`} page={page} words={words} />
      {page.open && !correcting && (
        <SignForm
          document_sha256={page.document_sha256}
          words={words}
          onSign={async body => part.onPage(await answer<SigningPage>(part.token, 'sign', body))}
        />
      )}
      {page.open && correcting && <Correction {...part} onClose={() => setCorrecting(false)} />}
      {page.open && !correcting && (
        <button type="button" className="plain wide" onClick={() => setCorrecting(true)}>
          {words.correction_open}
        </button>
      )}
      {page.receipt && <Receipt receipt={page.receipt} words={words} />}
      <p className="soft small">{fill(words.expires, { when: formatInstant(page.expires_at) })}</p>
    </main>
  )
}

function State({ page, words }: { page: SigningPage; words: Words }) {
  if (page.receipt) {
    return (
      <div className="notice done" role="status">
        <strong>{words.signed}</strong>
        <p>{fill(words.signed_text, { number: page.number })}</p>
      </div>
    )
  }
  if (page.refusal) {
    return (
      <div className="notice late" role="status">
        <strong>{words.closed}</strong>
        <p>{page.refusal}</p>
      </div>
    )
  }
  if (page.status === 'correction') {
    return (
      <div className="notice going" role="status">
        <strong>{words.corrected}</strong>
        <p>{page.remark}</p>
      </div>
    )
  }
  return (
    <>
      <p className="lead">{fill(words.lead, { customer: page.customer })}</p>
      {page.remark && (
        <div className="notice risk" role="status">
          <strong>{words.asked_again}</strong>
          <p>{page.remark}</p>
        </div>
      )}
    </>
  )
}

function Facts({ page, words }: { page: SigningPage; words: Words }) {
  const facts: [string, string][] = [
    [words.number, page.no > 1 ? `${page.number} · ${fill(words.no, { no: page.no })}` : page.number],
    [words.customer, page.customer],
    [words.customer_po, page.customer_po],
    [words.ordered_on, page.ordered_on],
    [words.required_on, page.required_on ?? ''],
    [words.receiver, [page.receiver, page.delivery_address].filter(Boolean).join(' · ')],
  ]
  const slipped = (page.slip?.days ?? 0) > 0
  return (
    <dl className="facts box">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      {page.promised_on && (
        <div>
          <dt>{words.promised_on}</dt>
          <dd>
            <strong>{page.promised_on}</strong>
            {page.slip && slipped && (
              <span className="ink-risk">
                {' '}
                {fill(words.slipped, { original: page.slip.original, days: page.slip.days })}
              </span>
            )}
            {page.slip && page.open && <span className="small soft block">{words.slips}</span>}
          </dd>
        </div>
      )}
    </dl>
  )
}
