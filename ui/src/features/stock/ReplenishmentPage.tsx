import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { StateTag } from '@/components/StateTag'
import type { Replenishment, Tone } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatCount, formatQuantity, formatValue } from '@/lib/format'
import { StockTabs } from './tabs'

const TONES: Record<Replenishment['urgency'], Tone> = { short: 'late', late: 'risk', low: 'going' }

function Urgency({ row }: { row: Replenishment }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[row.urgency]}>{t(`forecast:urgency.${row.urgency}`)}</StateTag>
}

/** Why it is proposed, as a sentence with its figures. */
function Why({ row }: { row: Replenishment }) {
  const { t } = useTranslation()
  const figures = {
    position: formatValue(row.position),
    lead: row.target.lead_days,
    demand: formatValue(row.target.lead_demand),
    reorder: formatValue(row.target.reorder_point),
    short: formatValue(row.short),
  }
  return <span className="cut">{t(`forecast:reason.${row.urgency}`, figures)}</span>
}

const columns: Column<Replenishment>[] = [
  { id: 'urgency', label: 'forecast:urgency_head', width: 130, render: row => <Urgency row={row} /> },
  { id: 'code', label: 'stock:field.code', width: 130, render: row => row.code },
  { id: 'product', label: 'stock:field.product', width: 180, grow: true, render: row => row.name },
  {
    id: 'available',
    label: 'stock:field.available',
    width: 100,
    end: true,
    render: row => formatValue(row.available),
  },
  {
    id: 'short',
    label: 'forecast:owed',
    width: 100,
    end: true,
    render: row => (isZero(row.short.value) ? <span className="soft">–</span> : formatValue(row.short)),
  },
  {
    id: 'cover_days',
    label: 'forecast:lasts',
    width: 100,
    end: true,
    sort: 'cover_days',
    render: row => formatCount(row.cover_days),
  },
  {
    id: 'reorder_point',
    label: 'forecast:target.reorder_point',
    width: 100,
    end: true,
    render: row => formatValue(row.target.reorder_point),
  },
  {
    id: 'proposed',
    label: 'forecast:proposed',
    width: 110,
    end: true,
    render: row => <span className="strong">{formatValue(row.proposed)}</span>,
  },
  { id: 'unit', label: 'stock:field.unit', width: 64, render: row => row.unit },
  { id: 'why', label: 'forecast:reason_head', width: 300, grow: true, render: row => <Why row={row} /> },
  { id: 'spec', label: 'stock:field.spec', width: 160, optional: true, render: row => row.spec || '–' },
  {
    id: 'method',
    label: 'forecast:method_head',
    width: 180,
    optional: true,
    render: row => <MethodWord row={row} />,
  },
]

function MethodWord({ row }: { row: Replenishment }) {
  const { t } = useTranslation()
  return <>{t(`forecast:method.${row.method}`)}</>
}

const days = (key: string, label: string, values: number[]): Filter => ({
  kind: 'choice',
  key,
  label,
  options: values.map(value => ({ value: String(value), label: `forecast:days.${value}` })),
})

const filters: Filter[] = [
  { kind: 'pick', key: 'product', label: 'stock:field.product', pick: 'product' },
  {
    kind: 'choice',
    key: 'service_level',
    label: 'forecast:field.service_level',
    options: [80, 90, 95, 98, 99].map(value => ({ value: String(value), label: `forecast:level.${value}` })),
  },
  days('lead_days', 'forecast:field.lead_days', [7, 14, 30, 60, 90]),
  days('cover_days', 'forecast:field.cover_days', [7, 14, 30, 60, 90]),
]

function ReplenishmentCard({ row }: { row: Replenishment }) {
  const { t } = useTranslation()
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.name}</span>
        <Urgency row={row} />
      </span>
      <span className="row">
        <span className="soft cut grow">{row.code}</span>
        <span className="strong">
          {t('forecast:proposed')} {formatQuantity(row.proposed)}
        </span>
      </span>
      <span className="row soft">
        <Why row={row} />
      </span>
    </span>
  )
}

/** What must be ordered again, the most urgent first; a row opens its forecast. */
export function ReplenishmentPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<Replenishment>>(
    () => ({
      noun: 'stock',
      path: '/stock/replenishment',
      title: 'forecast:replenishment',
      rowKey: row => row.product_id,
      rowHref: row => `/products/${row.product_id}/forecast`,
      rowName: row => row.name,
      columns,
      filters,
      defaultSort: 'cover_days',
      searchHint: 'stock:search_hint',
      card: row => <ReplenishmentCard row={row} />,
      above: (
        <>
          <StockTabs />
          <p className="soft list-note">{t('forecast:replenishment_note')}</p>
        </>
      ),
      empty: { title: t('forecast:nothing.title'), text: t('forecast:nothing.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}
