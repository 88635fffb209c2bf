import { lazy, Suspense } from 'react'
import type { ReasonDialogProps } from './ReasonForm'

const ReasonForm = lazy(() => import('./ReasonForm'))

/** Asks for the reason of a step and names what follows from it; never "are you sure". Loaded when it is first opened. */
export function ReasonDialog(props: ReasonDialogProps) {
  return (
    <Suspense fallback={null}>
      <ReasonForm {...props} />
    </Suspense>
  )
}
