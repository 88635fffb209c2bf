import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'
import 'dayjs/locale/zh-cn'
import 'dayjs/locale/zh-tw'
import { keysOf } from '@/lib/keyboard'
import type { DateInputProps } from './DateInput'

dayjs.extend(customParseFormat)

export default function IsoDatePicker({ value, onChange, ...rest }: DateInputProps) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%', minWidth: 124 }}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'M-D', 'M/D', 'MMDD']}
      placeholder="YYYY-MM-DD"
      value={value ? dayjs(value) : null}
      // The calendar would open on it; it is the page's, which sends the form.
      onKeyDown={(event, keepFromCalendar) => {
        if (keysOf(event.nativeEvent) === 'mod+Enter') keepFromCalendar()
      }}
      onChange={date => onChange?.(date ? date.format('YYYY-MM-DD') : null)}
    />
  )
}
