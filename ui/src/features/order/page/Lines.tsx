import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, OrderLine } from '@/lib/api/types'
import { chargedOf } from '@/lib/charges'
import { isZero, share, subtract } from '@/lib/decimal'
import { formatAmount, formatMoney, formatQuantity, formatRate, formatUnitPrice, formatValue } from '@/lib/format'
import { saidOf } from '@/lib/said'
import { useNarrow } from '@/lib/viewport'
import { PriceTag } from '../PriceTag'

const TEMPLATE = '26px minmax(140px, 1fr) 76px 104px 40px 100px repeat(4, 46px) 56px'
const MIN_WIDTH = 830
const PARTS = ['reserved', 'shipped', 'delivered', 'billed'] as const

/** The lines of an order, drawn only where seen, so that a thousand open as fast as five. */
export function Lines({ order }: { order: Order }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const box = useRef<HTMLElement>(null)
  const height = narrow ? 112 : 50
  const virtual = useVirtualizer({
    count: order.lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 10,
  })
  const money = (label: string) => `${label} ${order.currency}`
  return (
    <section
      className="card line-box"
      aria-label={t('order:line.title')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      ref={box}
      style={{ maxHeight: order.lines.length > 40 ? '68vh' : undefined }}
    >
      <div
        role="table"
        aria-label={t('order:line.title')}
        aria-rowcount={order.lines.length + 1}
        style={narrow ? undefined : { minWidth: MIN_WIDTH }}
      >
        {!narrow && (
          <div role="rowgroup" className="line-head">
            <div role="row" className="line-row" style={{ gridTemplateColumns: TEMPLATE }}>
              <span role="columnheader">{t('order:line.no')}</span>
              <span role="columnheader">{t('order:line.product')}</span>
              <span role="columnheader" className="num">
                {t('order:line.quantity')}
              </span>
              <span role="columnheader" className="num">
                {money(t('order:line.unit_price'))}
              </span>
              <span role="columnheader" className="num">
                {t('order:line.tax_rate')}
              </span>
              <span role="columnheader" className="num">
                {money(t('order:line.gross'))}
              </span>
              {PARTS.map(part => (
                <span role="columnheader" key={part} className="num">
                  {t(`order:line.${part}`)}
                </span>
              ))}
              <span role="columnheader" className="num">
                {t('order:line.available')}
              </span>
            </div>
          </div>
        )}
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(item => {
            const line = order.lines[item.index]
            if (!line) return null
            const style = { height, transform: `translateY(${item.start}px)` }
            return narrow ? (
              <NarrowLine key={line.line_no} line={line} style={style} />
            ) : (
              <WideLine key={line.line_no} line={line} index={item.index} style={style} />
            )
          })}
        </div>
      </div>
      <Foot order={order} />
    </section>
  )
}

function WideLine({ line, index, style }: { line: OrderLine; index: number; style: React.CSSProperties }) {
  const { t } = useTranslation()
  const said = saidOf(line)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="line-row body"
      style={{ gridTemplateColumns: TEMPLATE, ...style }}
    >
      <span role="cell" className="soft">
        {line.line_no}
      </span>
      <span role="cell" className="two">
        <span className="cut">{line.name}</span>
        <span
          className="cut soft"
          title={[
            chosenPieces(line),
            line.quality_standard,
            line.note,
            isZero(line.closed_short.value) ? '' : t('order:line.closed_short', shortOf(line)),
          ]
            .filter(Boolean)
            .join('\n')}
        >
          {line.product.code} {line.spec}
          {line.choices.length > 0 && ` · ${chosenPieces(line)}`}
          {line.quality_standard && ` · ${t('order:line.quality_standard')} ${line.quality_standard}`}
          {line.note && ` · ${line.note}`}
          {line.price_reason && ` · ${t('order:price_source.reason', { reason: line.price_reason })}`}
          {!isZero(line.closed_short.value) && (
            <span className="ink-risk"> · {t('order:line.closed_short', shortOf(line))}</span>
          )}
          {line.below_floor && <span className="ink-late"> · {t('order:price_source.below_floor')}</span>}
        </span>
      </span>
      <span role="cell" className="two num">
        <span>
          {formatValue(said.quantity)} <span className="soft">{said.quantity.unit}</span>
        </span>
        {said.base && <span className="soft">{formatQuantity(said.base)}</span>}
      </span>
      <span role="cell" className="two num">
        <span>{formatUnitPrice(said.unit_price)}</span>
        <span>
          <PriceTag
            source={line.price_source}
            book={line.book_price}
            rule={line.price_rule}
            off={line.book_deviation}
            last={line.last_price}
            lastOn={line.last_price_on}
            lastOff={line.last_deviation}
            reason={line.price_reason}
            discount={line.discount_rate}
          />
        </span>
      </span>
      <span role="cell" className="num">
        {formatRate(line.tax_rate)}
      </span>
      <span role="cell" className="num strong">
        {formatAmount(line.gross)}
      </span>
      {PARTS.map(part => (
        <span role="cell" key={part}>
          <Progress line={line} part={part} />
        </span>
      ))}
      <span role="cell" className="num">
        {formatValue(line.available)}
      </span>
    </div>
  )
}

function NarrowLine({ line, style }: { line: OrderLine; style: React.CSSProperties }) {
  const { t } = useTranslation()
  const said = saidOf(line)
  return (
    <div role="row" className="line-card" style={style}>
      <span role="cell" className="order-card">
        <span className="row">
          <span className="cut strong grow">{line.name}</span>
          <span className="mono strong">{formatMoney(line.gross)}</span>
        </span>
        <span className="row soft">
          <span className="cut grow">
            {isZero(line.closed_short.value)
              ? chosenPieces(line) || line.spec || line.product.code
              : t('order:line.closed_short', shortOf(line))}
          </span>
          <span className="mono">
            {formatQuantity(said.quantity)} × {formatUnitPrice(said.unit_price)}
          </span>
        </span>
        <span className="progress">
          {PARTS.map(part => (
            <span key={part} className="progress-named">
              <span className="soft">{t(`order:line.${part}`)}</span>
              <Progress line={line} part={part} />
            </span>
          ))}
        </span>
      </span>
    </div>
  )
}

/** The price in pieces: what the product costs, and what each choice adds. */
function chosenPieces(line: OrderLine): string {
  const choices = line.choices.map(choice =>
    isZero(choice.price.amount) ? choice.name : `${choice.name} ${formatAmount(choice.price)}`,
  )
  return [...(line.base_price ? [formatAmount(line.base_price)] : []), ...choices].join(' + ')
}

/** What of it was given up, and why. */
const shortOf = (line: OrderLine) => ({ quantity: formatQuantity(line.closed_short), reason: line.closed_reason })

/** What is still wanted of it: all but what was given up. */
const wanted = (line: OrderLine) => subtract(line.quantity.value, line.closed_short.value)

/** What was delivered and stayed with the customer. */
const accepted = (line: OrderLine) => ({
  ...line.delivered,
  value: subtract(line.delivered.value, line.refused.value),
})

/** How far one line is on one way: the figure over its bar. */
function Progress({ line, part }: { line: OrderLine; part: (typeof PARTS)[number] }) {
  const counted = part === 'delivered' ? accepted(line) : line[part]
  const done = isZero(wanted(line)) ? 1 : share(counted.value, wanted(line))
  return (
    <span className="progress-part">
      <span className={`num ${isZero(counted.value) ? 'soft' : ''}`}>
        {isZero(counted.value) ? '–' : formatValue(counted)}
      </span>
      <span className="progress-bar" aria-hidden="true">
        <i style={{ width: `${done * 100}%`, background: done >= 1 ? 'var(--done)' : 'var(--going)' }} />
      </span>
    </span>
  )
}

function Foot({ order }: { order: Order }) {
  const { t } = useTranslation()
  return (
    <div className="line-foot">
      <span className="soft">{t('order:line.count', { count: order.lines.length })}</span>
      <span className="grow" />
      <span>
        <span className="soft">{t('order:money.goods')} </span>
        <span className="mono">{formatMoney(order.goods)}</span>
      </span>
      <span>
        <span className="soft">{t('order:money.freight')} </span>
        <span className="mono">{formatMoney(order.freight)}</span>
      </span>
      <span>
        <span className="soft">{t('order:money.discount')} </span>
        <span className="mono">{formatMoney(order.discount)}</span>
      </span>
      {order.charges.length > 0 && (
        <span title={order.charges.map(charge => charge.name).join('、')}>
          <span className="soft">{t('order:charge.title')} </span>
          <span className="mono">{formatMoney(chargedOf(order.charges, order.currency))}</span>
        </span>
      )}
      <span>
        <span className="soft">{t('order:money.payable')} </span>
        <span className="mono strong">{formatMoney(order.payable)}</span>
      </span>
    </div>
  )
}
