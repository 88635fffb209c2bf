import { useState } from 'react'
import { address } from '@/lib/api/client'
import { isZero } from '@/lib/decimal'
import { formatInstant, formatMoney, formatQuantity, formatUnitPrice } from '@/lib/format'
import { Correction } from './Correction'
import { SignForm } from './SignForm'
import type { SigningPage } from './SigningApp'
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
      <Facts page={page} words={words} />
      <Lines page={page} words={words} />
      <Totals page={page} words={words} />
      <Document {...part} />
      {page.open && !correcting && <SignForm {...part} />}
      {page.open && correcting && <Correction {...part} onClose={() => setCorrecting(false)} />}
      {page.open && !correcting && (
        <button type="button" className="plain wide" onClick={() => setCorrecting(true)}>
          {words.correction_open}
        </button>
      )}
      {page.receipt && <Receipt page={page} words={words} />}
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

function Lines({ page, words }: { page: SigningPage; words: Words }) {
  return (
    <section className="box" aria-label={words.lines}>
      <h2>{words.lines}</h2>
      <ol className="lines">
        {page.lines.map(line => (
          <li key={line.line_no}>
            <div className="between">
              <span>
                <strong>{line.name}</strong> <span className="soft">{line.spec}</span>
              </span>
              <strong className="figure">{formatMoney(line.gross)}</strong>
            </div>
            <div className="soft figure">
              {formatQuantity(line.quantity)} × {formatUnitPrice(line.unit_price)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Totals({ page, words }: { page: SigningPage; words: Words }) {
  const rows = [
    { label: words.goods, money: page.goods },
    { label: words.freight, money: page.freight },
    ...page.charges.map(charge => ({
      label: charge.allowance ? `${charge.name} −` : charge.name,
      money: charge.amount,
    })),
    { label: words.discount, money: page.discount },
    { label: words.tax, money: page.tax },
    { label: words.deposit, money: page.deposit },
  ].filter(row => !isZero(row.money.amount))
  return (
    <section className="box" aria-label={words.totals}>
      {rows.map(row => (
        <div key={row.label} className="between">
          <span className="soft">{row.label}</span>
          <span className="figure">{formatMoney(row.money)}</span>
        </div>
      ))}
      <div className="between payable">
        <span>{words.payable}</span>
        <strong className="figure">{formatMoney(page.payable)}</strong>
      </div>
      {page.payable_capital && page.language !== 'en' && <div className="soft capital">{page.payable_capital}</div>}
    </section>
  )
}

function Document({ token, page, words }: Part) {
  const source = address(`/public/sign/${encodeURIComponent(token)}/document`)
  return (
    <section className="box" aria-label={words.document}>
      <a className="paper" href={source} target="_blank" rel="noreferrer">
        <span aria-hidden="true">PDF</span>
        <span>
          <strong>{words.document_open}</strong>
          <span className="soft small">{page.document_name}</span>
        </span>
      </a>
      <p className="small soft hash">
        SHA-256 <code>{page.document_sha256}</code>
      </p>
    </section>
  )
}

function Receipt({ page, words }: { page: SigningPage; words: Words }) {
  if (!page.receipt) return null
  return (
    <section className="box" aria-label={words.receipt}>
      <h2>{words.receipt}</h2>
      <dl className="facts">
        <div>
          <dt>{words.signer}</dt>
          <dd>{page.receipt.signer}</dd>
        </div>
        <div>
          <dt>{words.signed_at}</dt>
          <dd>{formatInstant(page.receipt.at)}</dd>
        </div>
        <div>
          <dt>{words.way}</dt>
          <dd>{page.receipt.way_name}</dd>
        </div>
      </dl>
      <p className="small soft hash">
        {words.signature_hash} <code>{page.receipt.sha256}</code>
      </p>
      <button type="button" className="plain wide" onClick={() => window.print()}>
        {words.print}
      </button>
    </section>
  )
}
