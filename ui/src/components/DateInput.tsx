import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'

dayjs.extend(customParseFormat)

interface Props {
  value?: string | null
  onChange?: (value: string | null) => void
  id?: string
  disabled?: boolean
  autoFocus?: boolean
  'aria-label'?: string
  status?: 'error'
}

/** A date as ISO text; typed as `2026-11-21`, `20261121` or `11-21`, or picked. */
export function DateInput({ value, onChange, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%', minWidth: 124 }}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'M-D', 'M/D', 'MMDD']}
      placeholder="YYYY-MM-DD"
      value={value ? dayjs(value) : null}
      onChange={date => onChange?.(date ? date.format('YYYY-MM-DD') : null)}
    />
  )
}
