/** The days of a year: working days, rest, holidays, make-up days; a click changes one, a pasted list many. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { today } from '@/lib/format'
import { currentLanguage } from '@/lib/i18n'
import { type Days, kindOf, parseDates, toggled, type Week, weeksOf } from './days'

interface Props {
  value?: Days
  onChange?: (days: Days) => void
  week: Week
  always: boolean
}

const NONE: Days = { holidays: [], make_up: [] }
const KINDS = ['work', 'rest', 'holiday', 'make_up'] as const

export function YearView({ value = NONE, onChange, week, always }: Props) {
  const { t } = useTranslation()
  const [year, setYear] = useState(() => Number(today().slice(0, 4)))
  const [pasted, setPasted] = useState('')
  const dates = parseDates(pasted)
  const of = (list: string[]) => list.filter(date => date.startsWith(String(year))).length
  const addHolidays = () => {
    const make_up = value.make_up.filter(day => !dates.includes(day.on))
    onChange?.({ make_up, holidays: [...new Set([...value.holidays, ...dates])].sort() })
    if (dates[0]) setYear(Number(dates[0].slice(0, 4)))
    setPasted('')
  }
  return (
    <div className="year">
      <div className="year-head">
        <Button icon={<LeftOutlined />} aria-label={t('calendar:year.previous')} onClick={() => setYear(year - 1)} />
        <span className="strong year-name">{t('calendar:year.name', { year })}</span>
        <Button icon={<RightOutlined />} aria-label={t('calendar:year.next')} onClick={() => setYear(year + 1)} />
        <span className="soft">
          {t('calendar:year.counts', { holidays: of(value.holidays), make_up: of(value.make_up.map(day => day.on)) })}
        </span>
        <span className="grow" />
        <span className="year-legend">
          {KINDS.map(kind => (
            <span key={kind}>
              <i className={`day-mark day-${kind}`} aria-hidden="true" />
              {t(`calendar:kind.${kind}`)}
            </span>
          ))}
        </span>
      </div>
      <div className="months">
        {Array.from({ length: 12 }, (_, index) => index + 1).map(month => (
          <Month
            key={month}
            year={year}
            month={month}
            days={value}
            week={week}
            always={always}
            onDay={date => onChange?.(toggled(date, value, week, always))}
          />
        ))}
      </div>
      <div className="year-paste">
        <label htmlFor="calendar-paste">{t('calendar:paste.label')}</label>
        <Input.TextArea
          id="calendar-paste"
          rows={2}
          value={pasted}
          placeholder={t('calendar:paste.placeholder')}
          onChange={event => setPasted(event.target.value)}
        />
        <div className="row">
          <span className="soft">{pasted ? t('calendar:paste.understood', { count: dates.length }) : ''}</span>
          <span className="grow" />
          <Button disabled={dates.length === 0} onClick={addHolidays}>
            {t('calendar:paste.add')}
          </Button>
        </div>
      </div>
    </div>
  )
}

interface MonthProps {
  year: number
  month: number
  days: Days
  week: Week
  always: boolean
  onDay: (date: string) => void
}

const Month = memo(function Month({ year, month, days, week, always, onDay }: MonthProps) {
  const { t } = useTranslation()
  const weeks = useMemo(() => weeksOf(year, month), [year, month])
  const now = today()
  const name = new Intl.DateTimeFormat(currentLanguage(), { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(year, month - 1, 1)),
  )
  return (
    <table className="month">
      <caption>{name}</caption>
      <thead>
        <tr>
          {[0, 1, 2, 3, 4, 5, 6].map(weekday => (
            <th key={weekday} scope="col">
              {t(`calendar:short.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(row => (
          <tr key={row.find(Boolean)}>
            {row.map((date, place) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell without a day has nothing but its place
              if (!date) return <td key={place} />
              const kind = kindOf(date, days, week, always)
              return (
                <td key={date}>
                  <button
                    type="button"
                    className={`day day-${kind}${date === now ? ' day-today' : ''}`}
                    aria-label={`${date} ${t(`calendar:kind.${kind}`)}`}
                    title={`${date} ${t(`calendar:kind.${kind}`)}`}
                    onClick={() => onDay(date)}
                  >
                    {Number(date.slice(8))}
                    {(kind === 'holiday' || kind === 'make_up') && <sup>{t(`calendar:mark.${kind}`)}</sup>}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
})
