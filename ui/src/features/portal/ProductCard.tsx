import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { currencySign, formatQuantity, formatUnitPrice, formatValue } from '@/lib/format'
import { QuantityStepper } from './QuantityStepper'
import { useSession } from './queries'
import type { PortalProduct } from './types'
import { usePut } from './use-put'

const TONES: Record<PortalProduct['stock']['code'], Tone> = { available: 'done', few: 'risk', to_order: 'idle' }

/** A product with its price, what there is of it, and the way into the cart. */
export function ProductCard({ product, note }: { product: PortalProduct; note?: React.ReactNode }) {
  const { t } = useTranslation()
  const put = usePut()
  const session = useSession()
  const set = (quantity: string) => put.mutate({ product_id: product.id, quantity })
  const smallest = product.steps[0]?.from.value ?? '1'
  const steps = product.steps.slice(1)
  return (
    <li className="portal-product">
      <div className="grow cut">
        <strong className="portal-product-name">{product.name}</strong>
        <div className="soft">{[product.code, product.spec].filter(Boolean).join(' · ')}</div>
        <div className="row wrap">
          <StateTag tone={TONES[product.stock.code]}>
            {product.stock.code === 'few'
              ? t('portal:stock.few', { free: formatQuantity(product.stock.free) })
              : product.stock.name}
          </StateTag>
          {product.stock.code === 'to_order' && product.lead_days > 0 && (
            <span className="soft">{t('portal:stock.lead', { days: product.lead_days })}</span>
          )}
          {note}
        </div>
      </div>
      <div className="portal-product-buy">
        {product.price ? (
          <span className="portal-price">
            {currencySign(product.price.currency)}
            {formatUnitPrice(product.price)}
            <span className="soft">
              {' '}
              / {product.unit}
              {session.data && !session.data.tax_inclusive && t('portal:untaxed')}
            </span>
          </span>
        ) : (
          <span className="soft">{t('portal:ask_price')}</span>
        )}
        {steps.map(step => (
          <span key={step.from.value} className="soft portal-step">
            {t('portal:step', {
              from: formatValue(step.from),
              unit: product.unit,
              price: `${currencySign(step.price.currency)}${formatUnitPrice(step.price)}`,
            })}
          </span>
        ))}
        {product.price &&
          (isZero(product.in_cart.value) ? (
            <Button
              loading={put.isPending}
              aria-label={t('portal:add_of', { name: product.name })}
              onClick={() => set(isZero(smallest) ? '1' : smallest)}
            >
              {t('portal:add')}
            </Button>
          ) : (
            <QuantityStepper
              value={product.in_cart.value}
              unit={product.unit}
              name={product.name}
              disabled={put.isPending}
              onChange={set}
            />
          ))}
      </div>
    </li>
  )
}
