import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { readDecimal } from '@/lib/decimal'

interface Props {
  value?: number | null
  onChange?: (value: number | null) => void
  min?: number
  max: number
  step?: number
  id?: string
  suffix?: ReactNode
  disabled?: boolean
  className?: string
  'aria-label'?: string
}

/** A count: digits, also full-width ones; the arrow keys step, and what lies outside the bounds is brought inside on leaving. */
export function WholeInput({ value, onChange, min = 0, max, step = 1, className, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const inside = (number: number) => Math.min(max, Math.max(min, number))
  const by = (change: number) => {
    setTyped(null)
    onChange?.(inside((value ?? min) + change))
  }
  return (
    <Input
      {...rest}
      className={`num-input ${className ?? ''}`}
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? value?.toString() ?? ''}
      onFocus={event => event.target.select()}
      onBlur={() => {
        setTyped(null)
        if (value !== null && value !== undefined && inside(value) !== value) onChange?.(inside(value))
      }}
      onKeyDown={event => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        by(event.key === 'ArrowUp' ? step : -step)
      }}
      onChange={event => {
        const text = event.target.value.trim()
        const number = Number(readDecimal(text) ?? Number.NaN)
        if (text !== '' && !Number.isSafeInteger(number)) return
        setTyped(text)
        onChange?.(text === '' ? null : number)
      }}
    />
  )
}
