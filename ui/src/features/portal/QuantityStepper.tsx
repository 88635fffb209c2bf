import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { add, compare, isZero, readDecimal, subtract, trim } from '@/lib/decimal'

interface Props {
  /** Decimal text. */
  value: string
  unit: string
  /** What it is of, for who does not see. */
  name: string
  disabled?: boolean
  onChange: (value: string) => void
}

/** How much: one less, typed, one more. */
export function QuantityStepper({ value, unit, name, disabled, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(trim(value))
  useEffect(() => setTyped(trim(value)), [value])
  const commit = (text: string) => {
    const read = readDecimal(text)
    if (read === null || compare(read, '0') < 0) setTyped(trim(value))
    else if (compare(read, value) !== 0) onChange(trim(read))
  }
  const less = compare(value, '1') < 0 ? '0' : subtract(value, '1')
  return (
    <div className="portal-stepper">
      <Button
        icon={<MinusOutlined />}
        aria-label={t('portal:less', { name })}
        disabled={disabled || isZero(value)}
        onClick={() => onChange(trim(less))}
      />
      <Input
        value={typed}
        inputMode="decimal"
        aria-label={t('portal:quantity_of', { name, unit })}
        disabled={disabled}
        onChange={event => setTyped(event.target.value)}
        onBlur={() => commit(typed)}
        onPressEnter={() => commit(typed)}
        onFocus={event => event.target.select()}
      />
      <Button
        icon={<PlusOutlined />}
        aria-label={t('portal:more', { name })}
        disabled={disabled}
        onClick={() => onChange(trim(add(value, '1')))}
      />
    </div>
  )
}
