import { useTranslation } from 'react-i18next'
import { ActiveButton } from '@/components/ActiveButton'
import type { Product } from '@/lib/api/types'

/** Takes a product out of use, or back into it. */
export function ActivateProduct({ product }: { product: Product }) {
  const { t } = useTranslation()
  return (
    <ActiveButton
      noun="products"
      path={`/products/${product.id}`}
      active={product.active}
      consequence={t('product:deactivate_consequence')}
      done={t(product.active ? 'product:deactivated' : 'product:activated')}
    />
  )
}
