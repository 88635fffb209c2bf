import { useTranslation } from 'react-i18next'
import { CustomerPage } from '@/features/customer/CustomerPage'
import { PriceTable } from '@/features/price/PriceTable'

/** A customer with its own prices. */
export default function CustomerRoute() {
  const { t } = useTranslation()
  return <CustomerPage prices={customer => <PriceTable title={t('customer:prices.title')} customer={customer} />} />
}
