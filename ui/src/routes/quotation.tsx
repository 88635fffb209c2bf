import { lazy, Suspense } from 'react'
import { QuotationPage } from '@/features/quotation/QuotationPage'

const DocumentsCard = lazy(() =>
  import('@/features/document/DocumentsCard').then(module => ({ default: module.DocumentsCard })),
)

export default function QuotationRoute() {
  return (
    <QuotationPage
      documents={quotation => (
        <Suspense fallback={null}>
          <DocumentsCard of={`/quotations/${quotation.id}`} />
        </Suspense>
      )}
    />
  )
}
