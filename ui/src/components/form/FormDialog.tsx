/** A short form over the page it belongs to; works as {@link FormPage} does. Loaded when it is first opened. */
import { type ComponentType, lazy, Suspense } from 'react'
import type { FormDialogProps } from './FormDialogBody'

const Body = lazy(() => import('./FormDialogBody'))

export function FormDialog<Values extends object>(props: FormDialogProps<Values>) {
  // A lazy component forgets that it is generic.
  const Typed = Body as unknown as ComponentType<FormDialogProps<Values>>
  return (
    <Suspense fallback={null}>
      <Typed {...props} />
    </Suspense>
  )
}
