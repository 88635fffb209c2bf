/** What customers are shown of an order or a quotation, and of what they signed. */
import { address } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import { isZero } from '@/lib/decimal'
import { formatInstant, formatMoney, formatQuantity, formatUnitPrice } from '@/lib/format'
import type { SigningPage } from './SigningApp'
import type { Words } from './words'

type SigningReceipt = components['schemas']['SigningReceipt']
type Paper = Pick<SigningPage, 'document_name' | 'document_sha256'>
type Amounts = Pick<
  SigningPage,
  'goods' | 'freight' | 'charges' | 'discount' | 'tax' | 'deposit' | 'payable' | 'payable_capital' | 'language'
>

export function Lines({ page, words }: { page: Pick<SigningPage, 'lines'>; words: Words }) {
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

export function Totals({ page, words }: { page: Amounts; words: Words }) {
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

export function Document({ path, page, words }: { path: string; page: Paper; words: Words }) {
  const source = address(path)
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

export function Receipt({ receipt, words }: { receipt: SigningReceipt; words: Words }) {
  return (
    <section className="box" aria-label={words.receipt}>
      <h2>{words.receipt}</h2>
      <dl className="facts">
        <div>
          <dt>{words.signer}</dt>
          <dd>{receipt.signer}</dd>
        </div>
        <div>
          <dt>{words.signed_at}</dt>
          <dd>{formatInstant(receipt.at)}</dd>
        </div>
        <div>
          <dt>{words.way}</dt>
          <dd>{receipt.way_name}</dd>
        </div>
      </dl>
      <p className="small soft hash">
        {words.signature_hash} <code>{receipt.sha256}</code>
      </p>
      <button type="button" className="plain wide" onClick={() => window.print()}>
        {words.print}
      </button>
    </section>
  )
}
