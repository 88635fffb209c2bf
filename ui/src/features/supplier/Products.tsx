/** What a supplier supplies: prices, lots, usual and rush times. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import { isZero } from '@/lib/decimal'
import { formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'
import type { Supplier, SupplierProduct } from './queries'

export function Products({ supplier }: { supplier: Supplier }) {
  const { t } = useTranslation()
  const head = (name: string, num = false) => (
    <th scope="col" className={num ? 'num' : undefined}>
      {t(`supplier:field.${name}`)}
    </th>
  )
  return (
    <Card title={t('supplier:products')} flush={supplier.products.length > 0}>
      {supplier.products.length === 0 ? (
        <p className="soft">{t('supplier:no_products')}</p>
      ) : (
        <TableBox label={t('supplier:products')}>
          <table className="table">
            <thead>
              <tr>
                {head('product')}
                {head('supplier_code')}
                <th scope="col" className="num">
                  {t('supplier:field.unit_price')} {supplier.currency}
                </th>
                {head('minimum', true)}
                {head('multiple', true)}
                {head('product_lead_days', true)}
                {head('measured', true)}
                {head('rush', true)}
              </tr>
            </thead>
            <tbody>
              {supplier.products.map(one => (
                <Row key={one.product.id} one={one} usual={supplier.lead_days} />
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

function Row({ one, usual }: { one: SupplierProduct; usual: number }) {
  const { t } = useTranslation()
  const lot = (quantity: SupplierProduct['minimum']) => (isZero(quantity.value) ? '–' : formatQuantity(quantity))
  const surcharge = isZero(one.rush_rate)
    ? isZero(one.rush_amount.amount)
      ? ''
      : `+${formatUnitPrice(one.rush_amount)}`
    : `+${formatRate(one.rush_rate)}`
  return (
    <tr>
      <td>
        <Link to={`/products/${one.product.id}`}>{one.product.name}</Link>{' '}
        {one.preferred && <span className="soft">{t('supplier:preferred')}</span>}
        <div className="soft">{`${one.product.code} ${one.spec}`.trim()}</div>
      </td>
      <td>{one.supplier_code || '–'}</td>
      <td className="num">{formatUnitPrice(one.unit_price)}</td>
      <td className="num">{lot(one.minimum)}</td>
      <td className="num">{lot(one.multiple)}</td>
      <td className="num">{t('supplier:days', { count: one.lead_days ?? usual })}</td>
      <td className="num">
        <Measured said={one.measured} stated={one.lead_days ?? usual} />
      </td>
      <td className="num">
        {one.rush_lead_days == null ? (
          <span className="soft">–</span>
        ) : (
          <>
            {t('supplier:days', { count: one.rush_lead_days })} <span className="soft">{surcharge}</span>
            {one.measured_rush && (
              <div>
                <Measured said={one.measured_rush} stated={one.rush_lead_days} />
              </div>
            )}
          </>
        )}
      </td>
    </tr>
  )
}

/** What receipts say, red where it takes longer than stated. */
function Measured({ said, stated }: { said: SupplierProduct['measured']; stated: number }) {
  const { t } = useTranslation()
  if (!said) return <span className="soft">{t('supplier:not_measured')}</span>
  const { mean_days: mean, deviation_days: deviation, count } = said
  return (
    <span className={Number(mean) > stated ? 'ink-late' : undefined} title={t('supplier:receipts', { count })}>
      {t('supplier:mean', { mean })}
      {deviation && ` ± ${deviation}`}
    </span>
  )
}
