import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import { PriceTag } from '@/features/order/PriceTag'
import type { Money, Quotation } from '@/lib/api/types'
import { formatAmount, formatMoney, formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'

/** What is offered, with where each price came from, and what it comes to. */
export function Lines({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation()
  const sum = (key: string, money: Money, strong = false) =>
    (strong || Number(money.amount) !== 0) && (
      <span key={key} className={strong ? 'strong' : 'soft'}>
        {t(`order:money.${key}`)} <span className="mono">{formatMoney(money)}</span>
      </span>
    )
  return (
    <Card title={t('order:line.title')} flush>
      <TableBox label={t('order:line.title')}>
        <table className="table quotation-lines">
          <thead>
            <tr>
              <th scope="col">{t('order:line.no')}</th>
              <th scope="col">{t('order:line.product')}</th>
              <th scope="col" className="num">
                {t('order:line.quantity')}
              </th>
              <th scope="col" className="num">
                {t('order:line.unit_price')}
              </th>
              <th scope="col" className="num">
                {t('order:line.tax_rate')}
              </th>
              <th scope="col" className="num">
                {t('order:line.gross')} {quotation.currency}
              </th>
              <th scope="col">{t('order:line.note')}</th>
            </tr>
          </thead>
          <tbody>
            {quotation.lines.map(line => (
              <tr key={line.line_no}>
                <td>{line.line_no}</td>
                <td>
                  <div>{line.name}</div>
                  <div className="soft">{`${line.product.code} ${line.spec}`.trim()}</div>
                </td>
                <td className="num">{formatQuantity(line.quantity)}</td>
                <td className="num">
                  <div>{formatUnitPrice(line.unit_price)}</div>
                  <PriceTag
                    source={line.price_source}
                    book={line.book_price}
                    off={line.book_deviation}
                    last={line.last_price}
                    lastOn={line.last_price_on}
                    lastOff={line.last_deviation}
                    reason={line.price_reason}
                    discount={line.discount_rate}
                  />
                  {line.margin_percent && (
                    <div className={Number(line.margin_percent) < 0 ? 'ink-late' : 'soft'}>
                      {t('order:margin.title')} {formatRate(line.margin_percent)}
                    </div>
                  )}
                </td>
                <td className="num">{formatRate(line.tax_rate)}</td>
                <td className="num">{formatAmount(line.gross)}</td>
                <td>{[line.price_reason, line.note].filter(Boolean).join('；')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <div className="quotation-sums">
        {sum('goods', quotation.goods)}
        {sum('freight', quotation.freight)}
        {quotation.charges.map(charge => (
          <span key={`${charge.kind} ${charge.name}`} className="soft">
            {charge.name}{' '}
            <span className="mono">
              {charge.allowance ? '−' : ''}
              {formatMoney(charge.amount)}
            </span>
          </span>
        ))}
        {sum('discount', quotation.discount)}
        {sum('tax', quotation.tax)}
        {sum('deposit', quotation.deposit)}
        {sum('payable', quotation.payable, true)}
      </div>
    </Card>
  )
}
