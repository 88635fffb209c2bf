import { ExclamationCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Order, OrderLine } from '@/lib/api/types'
import { add, compare, isZero } from '@/lib/decimal'
import { formatMoney, formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'

const SHOWN = 4

function priced(line: OrderLine): boolean {
  const kind = line.price_source
  return (
    kind === 'none' ||
    ((kind === 'manual' || kind === 'free') &&
      (!line.book_price || compare(line.book_price.amount, line.unit_price.amount) !== 0)) ||
    (line.last_deviation !== null && !isZero(line.last_deviation))
  )
}
/** Neither reserved, shipped nor free in stock. */
function short(line: OrderLine): boolean {
  const there = add(add(line.reserved.value, line.shipped.value), line.available.value)
  return compare(there, line.quantity.value) < 0
}

/** What is out of the ordinary in an order: entered prices, discounts, missing stock. */
export function Deviations({ order }: { order: Order }) {
  const { t } = useTranslation()
  const groups: { key: string; lines: OrderLine[]; text: (line: OrderLine) => string }[] = [
    {
      key: 'price',
      lines: order.lines.filter(priced),
      text: line =>
        [
          `${formatUnitPrice(line.unit_price)} / ${t('order:price_source.book', { price: formatUnitPrice(line.book_price) })}`,
          line.book_deviation && formatRate(line.book_deviation),
          line.last_price &&
            t('order:price_source.last', { price: formatUnitPrice(line.last_price), day: line.last_price_on ?? '' }),
          line.last_deviation && !isZero(line.last_deviation) && formatRate(line.last_deviation),
          line.price_reason,
        ]
          .filter(Boolean)
          .join(' · '),
    },
    {
      key: 'floor',
      lines: order.lines.filter(line => line.below_floor),
      text: line => `${formatUnitPrice(line.unit_price)} / ${formatUnitPrice(line.unit_floor ?? null)}`,
    },
    {
      key: 'discount',
      lines: order.lines.filter(line => !isZero(line.discount_rate)),
      text: line => `−${formatRate(line.discount_rate)}`,
    },
    {
      key: 'short',
      lines: order.lines.filter(short),
      text: line => `${formatQuantity(line.available)} / ${formatQuantity(line.quantity)}`,
    },
  ]
  const shown = groups.filter(group => group.lines.length > 0)
  if (shown.length === 0 && isZero(order.discount.amount)) {
    return <p className="deviation-none ink-done">{t('order-step:deviation.none')}</p>
  }
  return (
    <ul className="deviations">
      {shown.map(group => (
        <li key={group.key}>
          <ExclamationCircleFilled
            className={group.key === 'short' || group.key === 'floor' ? 'ink-late' : 'ink-risk'}
            aria-hidden="true"
          />
          <div>
            <span className="strong">{t(`order-step:deviation.${group.key}`, { count: group.lines.length })}</span>
            {group.lines.slice(0, SHOWN).map(line => (
              <div key={line.line_no} className="deviation-line">
                <span className="cut">{line.name}</span>
                <span className="mono soft">{group.text(line)}</span>
              </div>
            ))}
            {group.lines.length > SHOWN && (
              <span className="soft">{t('order-step:deviation.more', { count: group.lines.length - SHOWN })}</span>
            )}
          </div>
        </li>
      ))}
      {!isZero(order.discount.amount) && (
        <li>
          <ExclamationCircleFilled className="ink-risk" aria-hidden="true" />
          <span className="strong">
            {t('order-step:deviation.order_discount', { amount: formatMoney(order.discount) })}
          </span>
        </li>
      )}
    </ul>
  )
}
