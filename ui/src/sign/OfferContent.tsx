import { useState } from 'react'
import { formatInstant } from '@/lib/format'
import { Ask } from './Ask'
import { Decline } from './Decline'
import type { OfferPage } from './OfferApp'
import { Document, Lines, Receipt, Totals } from './parts'
import { SignForm } from './SignForm'
import { fill, type OfferWords } from './words'

export interface OfferPart {
  /** Path of the document, under that of the API. */
  document: string
  /** Says something of it to the server: by the link, or at the portal. */
  answer: (verb: 'accept' | 'decline' | 'ask', body: object) => Promise<OfferPage>
  page: OfferPage
  words: OfferWords
  onPage: (page: OfferPage) => void
}

/** The quotation, its document, and what the customer answers. */
export function OfferContent(part: OfferPart) {
  const { page, words } = part
  const [doing, setDoing] = useState<'accept' | 'decline' | 'ask'>('accept')
  const close = () => setDoing('accept')
  return (
    <div className="stack">
      <State page={page} words={words} />
      <Facts page={page} words={words} />
      <Lines page={page} words={words} />
      <Totals page={page} words={words} />
      <Document path={part.document} page={page} words={words} />
      <Said page={page} words={words} />
      {page.open && doing === 'accept' && (
        <>
          <SignForm
            document_sha256={page.document_sha256}
            words={words}
            onSign={async body => part.onPage(await part.answer('accept', body))}
          />
          <button type="button" className="plain wide" onClick={() => setDoing('ask')}>
            {words.ask}
          </button>
          <button type="button" className="plain wide" onClick={() => setDoing('decline')}>
            {words.decline}
          </button>
        </>
      )}
      {page.open && doing === 'ask' && <Ask {...part} onClose={close} />}
      {page.open && doing === 'decline' && <Decline {...part} onClose={close} />}
      {page.receipt && <Receipt receipt={page.receipt} words={words} />}
      {page.expires_at && <p className="soft small">{fill(words.expires, { when: formatInstant(page.expires_at) })}</p>}
    </div>
  )
}

/** What was asked about it, and what the company answered. */
function Said({ page, words }: Pick<OfferPart, 'page' | 'words'>) {
  const last = page.messages.at(-1)
  if (!last) return null
  return (
    <section className="box" aria-label={words.messages}>
      <h2>{words.messages}</h2>
      <ol className="lines">
        {page.messages.map(message => (
          <li key={`${message.at}${message.text}`}>
            <div className="between">
              <strong>{message.author}</strong>
              <time className="soft small" dateTime={message.at}>
                {formatInstant(message.at)}
              </time>
            </div>
            <div className="said">{message.text}</div>
          </li>
        ))}
      </ol>
      {last.from_customer && (
        <p className="soft" role="status">
          {words.asked}
        </p>
      )}
    </section>
  )
}

function State({ page, words }: Pick<OfferPart, 'page' | 'words'>) {
  if (page.receipt) {
    return (
      <div className="notice done" role="status">
        <strong>{words.signed}</strong>
        <p>{fill(words.signed_text, { number: page.number })}</p>
      </div>
    )
  }
  if (page.declined) {
    return (
      <div className="notice going" role="status">
        <strong>{words.declined}</strong>
        <p>
          {page.declined.signer} · {formatInstant(page.declined.at)}
        </p>
        <p>{[page.declined.reason_name, page.declined.remark].filter(Boolean).join(' · ')}</p>
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
  return <p className="lead">{fill(words.lead, { customer: page.contact_name || page.customer })}</p>
}

function Facts({ page, words }: Pick<OfferPart, 'page' | 'words'>) {
  const facts: [string, string][] = [
    [words.number, page.revision > 1 ? `${page.number} · ${fill(words.no, { no: page.revision })}` : page.number],
    [words.customer, page.customer],
    [words.quoted_on, page.quoted_on],
    [words.lead_time, page.lead_days > 0 ? fill(words.days, { days: page.lead_days }) : ''],
    [words.settlement, page.settlement_name],
    [words.delivery_terms, page.delivery_terms],
    [words.packing, page.packing],
    [words.receiver, [page.receiver, page.delivery_address].filter(Boolean).join(' · ')],
    [words.terms, page.terms],
  ]
  return (
    <dl className="facts box">
      <div>
        <dt>{words.valid_until}</dt>
        <dd>
          <strong className={page.days_left < 0 ? 'ink-late' : undefined}>{page.valid_until}</strong>
          {page.open && <span className="soft"> {fill(words.days_left, { days: page.days_left })}</span>}
        </dd>
      </div>
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
