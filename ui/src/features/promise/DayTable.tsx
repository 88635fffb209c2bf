import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import type { PromiseDay, PromiseTimeline } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'
import { formatValue } from '@/lib/format'
import { Taker, useSourceName } from './words'

/** Who is named before one asks for all. */
const FEW = 4

/** The same as the chart: each day on which something comes or goes, and from whom to whom. */
export function DayTable({ data }: { data: PromiseTimeline }) {
  const { t } = useTranslation()
  return (
    <Card title={t('promise:table.title')} flush>
      <TableBox label={t('promise:table.title')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('promise:table.day')}</th>
              <th scope="col" className="num">
                {t('promise:table.supply')}
              </th>
              <th scope="col" className="num">
                {t('promise:table.demand')}
              </th>
              <th scope="col" className="num">
                {t('promise:table.balance')}
              </th>
              <th scope="col" className="num">
                {t('promise:table.available')}
              </th>
              <th scope="col">{t('promise:table.who', { unit: data.product.unit })}</th>
            </tr>
          </thead>
          <tbody>
            {data.days.map(day => (
              <Day key={day.on} day={day} today={data.today} />
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

function Day({ day, today }: { day: PromiseDay; today: string }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const sourceName = useSourceName()
  const quantity = (value: string) => (isZero(value) ? <span className="soft">–</span> : formatValue(value))
  const shown = all ? day.demands : day.demands.slice(0, FEW)
  const rest = day.demand_count - shown.length
  return (
    <tr>
      <td className="promise-day">
        {day.on}
        {day.on === today && <span className="soft"> {t('promise:table.today')}</span>}
      </td>
      <td className="num">{quantity(day.supply.value)}</td>
      <td className="num">{quantity(day.demand.value)}</td>
      <td className={`num ${compare(day.balance.value, '0') < 0 ? 'ink-late strong' : ''}`}>
        {formatValue(day.balance)}
      </td>
      <td className="num strong">{formatValue(day.available)}</td>
      <td>
        <ul className="promise-who">
          {day.supplies.map((supply, index) => (
            <li key={supply.source.document?.id ?? index}>
              <span className="ink-done">+{formatValue(supply.quantity)}</span> {sourceName(supply.source)}
              <Overdue since={supply.overdue_since} />
            </li>
          ))}
          {shown.map((demand, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line may take twice on a day
            <li key={index}>
              <span className="ink-risk">−{formatValue(demand.quantity)}</span> <Taker taker={demand.taker} />
              {demand.taker.kind === 'reserved' && <span className="soft"> {t('promise:demand.reserved')}</span>}
              <Overdue since={demand.overdue_since} />
            </li>
          ))}
        </ul>
        {rest > 0 && (
          <button type="button" className="plain-button soft" disabled={all} onClick={() => setAll(true)}>
            {t('promise:chart.more', { count: rest })}
          </button>
        )}
      </td>
    </tr>
  )
}

function Overdue({ since }: { since: string | null | undefined }) {
  const { t } = useTranslation()
  return since ? <span className="ink-late"> {t('promise:overdue', { day: since })}</span> : null
}
