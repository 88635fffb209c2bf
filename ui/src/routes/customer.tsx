import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerPage } from '@/features/customer/CustomerPage'
import { PriceTable } from '@/features/price/PriceTable'
import { useCan } from '@/lib/session'

const DocumentsCard = lazy(() =>
  import('@/features/document/DocumentsCard').then(module => ({ default: module.DocumentsCard })),
)

const AgencyCard = lazy(() => import('@/features/agent/AgencyCard').then(module => ({ default: module.AgencyCard })))

/** A customer with its own prices and statements of account. */
export default function CustomerRoute() {
  const { t } = useTranslation()
  const maySeeAgents = useCan('agent.view')
  return (
    <CustomerPage
      agency={customer =>
        maySeeAgents && (
          <Suspense fallback={null}>
            <AgencyCard customer={customer.id} />
          </Suspense>
        )
      }
      prices={customer => <PriceTable title={t('customer:prices.title')} customer={customer} />}
      documents={customer => (
        <Suspense fallback={null}>
          <DocumentsCard of={`/customers/${customer.id}`} />
        </Suspense>
      )}
    />
  )
}
