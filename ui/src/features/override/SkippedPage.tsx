/** Steps that orders went past without their being done: how often, by month and kind, and each of them (KPI-05). */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { Chart } from '@/components/Chart'
import { countAxis, frameOf, GRID } from '@/components/chart-frame'
import type { ChartOption } from '@/components/echarts'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf } from '@/components/list/spec'
import { TableBox } from '@/components/TableBox'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { SkippedFigures, SkippedStep } from '@/lib/api/types'
import { addDays } from '@/lib/format'
import { useTheme } from '@/lib/theme'
import { KeptTabs } from './tabs'
import './override.css'

const KINDS = ['override', 'owed', 'substitute', 'waived', 'late'] as const

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'override:skipped.kind',
    options: optionsOf(KINDS, kind => `override:skipped.kinds.${kind}`),
    many: true,
  },
  { kind: 'pick', key: 'by', label: 'override:skipped.by', pick: 'user' },
  { kind: 'dates', key: 'dates', label: 'override:skipped.at', from: 'from', to: 'to' },
]

/** What the gate said, or its code; the role whose place was taken. */
const saidOf = (row: SkippedStep) => row.said || (row.kind === 'late' ? '' : row.what)

const columns: Column<SkippedStep>[] = [
  { id: 'at', label: 'override:skipped.at', width: 150, sort: 'at', render: row => <When instant={row.at} exact /> },
  {
    id: 'order',
    label: 'override:field.order',
    width: 150,
    render: row => <Link to={`/orders/${row.order_id}?tab=timeline`}>{row.order_number}</Link>,
  },
  { id: 'customer', label: 'override:field.customer', width: 160, render: row => row.customer_name },
  { id: 'kind', label: 'override:skipped.kind', width: 110, render: row => row.kind_name },
  { id: 'step', label: 'override:field.verb', width: 140, render: row => row.step },
  { id: 'said', label: 'override:field.said', width: 200, grow: true, render: saidOf },
  { id: 'reason', label: 'override:skipped.reason', width: 180, render: row => row.reason },
  {
    id: 'by',
    label: 'override:skipped.by',
    width: 150,
    render: row => <Who row={row} />,
  },
]

function Who({ row }: { row: SkippedStep }) {
  const { t } = useTranslation()
  if (!row.by) return null
  return (
    <>
      {row.by.name}
      {row.in_place && <span className="soft"> {t('override:skipped.in_place', { name: row.in_place.name })}</span>}
    </>
  )
}

/** First and last day of a month of the figures, within the period. */
function daysOf(figures: SkippedFigures, month: string): { from: string; to: string } {
  const first = `${month}-01`
  const last = addDays(nextMonth(month), -1)
  const [begun, over] = [first >= figures.from, last <= figures.to]
  return { from: begun ? first : figures.from, to: over ? last : figures.to }
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
}

function Figures() {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['skipped-steps', 'figures'],
    queryFn: () => get<SkippedFigures>('/skipped-steps/figures'),
  })
  const figures = found.data
  if (!figures || figures.kinds.every(kind => kind.count === 0)) return null
  return (
    <Card title={t('override:skipped.title', { from: figures.from, to: figures.to })}>
      <div className="skipped">
        <div className="skipped-chart">
          <Bars figures={figures} />
        </div>
        <TableBox label={t('override:skipped.table')}>
          <Months figures={figures} />
        </TableBox>
      </div>
      <details className="skipped-help">
        <summary>{t('override:skipped.help')}</summary>
        <dl>
          {figures.kinds.map(kind => (
            <div key={kind.kind}>
              <dt>{kind.name}</dt>
              <dd>{kind.help}</dd>
            </div>
          ))}
        </dl>
        <p>{t('override:skipped.only')}</p>
      </details>
    </Card>
  )
}

/** Each kind and month with its count, which leads to the orders. */
function Months({ figures }: { figures: SkippedFigures }) {
  const { t } = useTranslation()
  const to = (kind: string, days?: { from: string; to: string }) => {
    const { from, to } = days ?? figures
    return `/skipped-steps?kind=${kind}&from=${from}&to=${to}`
  }
  const cell = (kind: string, name: string, count: number, month?: string) =>
    count === 0 ? (
      <span className="soft">–</span>
    ) : (
      <Link
        to={to(kind, month ? daysOf(figures, month) : undefined)}
        aria-label={[name, month, count].filter(Boolean).join(' ')}
      >
        {count}
      </Link>
    )
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('override:skipped.kind')}</th>
          {figures.months.map(month => (
            <th key={month} scope="col" className="num">
              {month}
            </th>
          ))}
          <th scope="col" className="num">
            {t('override:skipped.sum')}
          </th>
          <th scope="col" className="num">
            {t('override:skipped.orders')}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.kinds.map(kind => (
          <tr key={kind.kind}>
            <td title={kind.help}>{kind.name}</td>
            {figures.months.map((month, place) => (
              <td key={month} className="num">
                {cell(kind.kind, kind.name, kind.months[place] ?? 0, month)}
              </td>
            ))}
            <td className="num strong">{cell(kind.kind, kind.name, kind.count)}</td>
            <td className="num">{kind.orders}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('override:skipped.all')}</td>
          {figures.months.map((month, place) => (
            <td key={month} className="num">
              {figures.kinds.reduce((sum, kind) => sum + (kind.months[place] ?? 0), 0)}
            </td>
          ))}
          <td className="num strong">{figures.kinds.reduce((sum, kind) => sum + kind.count, 0)}</td>
          <td className="num">{figures.orders}</td>
        </tr>
      </tfoot>
    </table>
  )
}

/** A bar for each month, in layers of kinds. */
function Bars({ figures }: { figures: SkippedFigures }) {
  const { t } = useTranslation()
  const { palette } = useTheme()
  const option = useMemo<ChartOption>(() => {
    const colors = [palette.going, palette.late, palette.done, palette.soft, palette.risk]
    return {
      ...frameOf(palette, figures.months),
      // The legend takes two rows where it is narrow.
      grid: { ...GRID, top: 54 },
      yAxis: [countAxis(palette)],
      series: figures.kinds.map((kind, place) => ({
        name: kind.name,
        type: 'bar' as const,
        stack: 'all',
        data: kind.months,
        itemStyle: { color: colors[place] ?? palette.going },
        barMaxWidth: 28,
      })),
    }
  }, [figures, palette])
  const words = figures.kinds.map(kind => `${kind.name} ${kind.count}`).join('，')
  return <Chart option={option} height={230} words={`${t('override:skipped.table')}：${words}`} />
}

export function SkippedPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<SkippedStep>>(
    () => ({
      noun: 'skipped-steps',
      path: '/skipped-steps',
      title: 'override:tab.skipped',
      rowKey: row => row.id,
      rowHref: row => `/orders/${row.order_id}?tab=timeline`,
      rowName: row => `${row.order_number} ${row.kind_name} ${row.step}`,
      columns,
      filters,
      defaultSort: '-at',
      searchKey: 'order',
      searchHint: 'override:search_hint',
      above: (
        <>
          <KeptTabs />
          <Figures />
        </>
      ),
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.order_number}</span>
            <span className="soft">{row.kind_name}</span>
          </span>
          <span className="soft cut">{[row.step, saidOf(row)].filter(Boolean).join(' · ')}</span>
          <span className="row">
            <span className="soft cut grow">{[row.by?.name, row.reason].filter(Boolean).join(' · ')}</span>
            <When instant={row.at} />
          </span>
        </span>
      ),
      empty: { title: t('override:skipped.empty.title'), text: t('override:skipped.empty.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}
