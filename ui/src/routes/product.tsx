import { useTranslation } from 'react-i18next'
import { PriceTable } from '@/features/price/PriceTable'
import { ProductPage } from '@/features/product/ProductPage'

/** A product with its price book. */
export default function ProductRoute() {
  const { t } = useTranslation()
  return <ProductPage prices={product => <PriceTable title={t('product:prices')} product={product} />} />
}
