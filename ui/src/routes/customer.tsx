import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerPage } from '@/features/customer/CustomerPage'
import { PriceTable } from '@/features/price/PriceTable'

const DocumentsCard = lazy(() =>
  import('@/features/document/DocumentsCard').then(module => ({ default: module.DocumentsCard })),
)

/** A customer with its own prices and statements of account. */
export default function CustomerRoute() {
  const { t } = useTranslation()
  return (
    <CustomerPage
      prices={customer => <PriceTable title={t('customer:prices.title')} customer={customer} />}
      documents={customer => (
        <Suspense fallback={null}>
          <DocumentsCard of={`/customers/${customer.id}`} />
        </Suspense>
      )}
    />
  )
}
