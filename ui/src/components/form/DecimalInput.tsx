import { Input, type InputRef } from 'antd'
import { type ReactNode, type Ref, useState } from 'react'
import { isDecimal, readDecimal } from '@/lib/decimal'
import { formatDecimal } from '@/lib/format'

interface Props {
  value?: string | null
  onChange?: (value: string | null) => void
  id?: string
  prefix?: ReactNode
  suffix?: ReactNode
  placeholder?: string
  disabled?: boolean
  autoFocus?: boolean
  status?: 'error'
  className?: string
  'aria-label'?: string
  onPressEnter?: () => void
  onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement>) => void
  ref?: Ref<InputRef>
}

/**
 * An exact number as text: full-width digits, separators and currency signs are understood, and shown with separators
 * while it is not being typed. What is no number is handed on as it stands, for the form's rule to say so.
 */
export function DecimalInput({ value, onChange, className, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = value && isDecimal(value) ? formatDecimal(value) : (value ?? '')
  return (
    <Input
      {...rest}
      className={`num-input ${className ?? ''}`}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? shown}
      onFocus={event => {
        setTyped(value ?? '')
        const field = event.target
        requestAnimationFrame(() => field.select())
      }}
      onBlur={() => setTyped(null)}
      onChange={event => {
        const text = event.target.value
        setTyped(text)
        onChange?.(text.trim() === '' ? null : (readDecimal(text) ?? text.trim()))
      }}
    />
  )
}
