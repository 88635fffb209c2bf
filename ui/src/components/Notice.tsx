/** A notice on a page that usually has none: what draws it is loaded when there is one. */
import type { AlertProps } from 'antd'
import { lazy, Suspense } from 'react'

const NoticeAlert = lazy(() => import('./NoticeAlert'))

export function Notice(props: AlertProps) {
  return (
    <Suspense fallback={null}>
      <NoticeAlert {...props} />
    </Suspense>
  )
}
