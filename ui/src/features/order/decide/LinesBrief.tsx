import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TableBox } from '@/components/TableBox'
import type { Order } from '@/lib/api/types'
import { formatAmount, formatQuantity, formatUnitPrice } from '@/lib/format'
import { chosenNames, saidOf } from '@/lib/said'
import { PriceTag } from '../PriceTag'

const SHOWN = 8

/** The first lines of an order; the rest on its page. */
export function LinesBrief({ order }: { order: Order }) {
  const { t } = useTranslation()
  const more = order.lines.length - SHOWN
  return (
    <TableBox className="brief" label={t('order:line.title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('order:line.product')}</th>
            <th className="num">{t('order:line.quantity')}</th>
            <th className="num">{t('order:line.unit_price')}</th>
            <th className="num">
              {t('order:line.gross')} {order.currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.slice(0, SHOWN).map(line => (
            <tr key={line.line_no}>
              <td>
                {line.name} <span className="soft">{chosenNames(line) || line.spec}</span>
              </td>
              <td className="num">{formatQuantity(saidOf(line).quantity)}</td>
              <td className="num">
                {formatUnitPrice(saidOf(line).unit_price)}
                <div>
                  <PriceTag source={line.price_source} discount={line.discount_rate} />
                </div>
              </td>
              <td className="num">{formatAmount(line.gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <Link to={`/orders/${order.id}`} className="brief-more">
          {t('order-step:deviation.more', { count: more })}
        </Link>
      )}
    </TableBox>
  )
}
