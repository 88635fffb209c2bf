import { Input } from 'antd'
import { lazy, Suspense } from 'react'

export interface DateInputProps {
  value?: string | null
  onChange?: (value: string | null) => void
  id?: string
  disabled?: boolean
  autoFocus?: boolean
  'aria-label'?: string
  status?: 'error'
}

const Picker = lazy(() => import('./DatePicker'))

/** A date as ISO text; typed as `2026-11-21`, `20261121` or `11-21`, or picked. The calendar is loaded when first needed. */
export function DateInput(props: DateInputProps) {
  return (
    <Suspense
      fallback={
        <Input
          id={props.id}
          value={props.value ?? ''}
          readOnly
          aria-label={props['aria-label']}
          style={{ minWidth: 124 }}
        />
      }
    >
      <Picker {...props} />
    </Suspense>
  )
}
