import { lazy, Suspense } from 'react'
import { ChangePage } from '@/features/change/ChangePage'

const EvidenceCard = lazy(() =>
  import('@/features/evidence/EvidenceCard').then(module => ({ default: module.EvidenceCard })),
)

/** A change order, with the evidence that its approval and the customer's answer ask for. */
export default function ChangeRoute() {
  return (
    <ChangePage
      evidence={order => (
        <Suspense fallback={null}>
          <EvidenceCard order={order} />
        </Suspense>
      )}
    />
  )
}
