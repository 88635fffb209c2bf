/** How the process was kept: gates that were overridden, and what was brought late (KPI-05). */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import { OwedTag } from '@/components/OwedTag'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { KeptProcess, Override } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { KeptTabs } from './tabs'
import './override.css'

const BackfillDialog = lazy(() =>
  import('@/components/BackfillDialog').then(module => ({ default: module.BackfillDialog })),
)

const views: View[] = [
  { value: 'all', label: 'common:all', query: {} },
  ...['late', 'open', 'too_late', 'in_time', 'nothing'].map(owed => ({
    value: owed,
    label: `override:owed.${owed}`,
    query: { owed },
  })),
]
const filters: Filter[] = [
  { kind: 'pick', key: 'by', label: 'override:field.by', pick: 'user' },
  { kind: 'dates', key: 'dates', label: 'override:field.at', from: 'from', to: 'to' },
]
const rowKey = (row: Override) => row.id

function columns(t: TFunction, bring: ((row: Override) => void) | null): Column<Override>[] {
  return [
    { id: 'at', label: 'override:field.at', width: 150, sort: 'at', render: row => <When instant={row.at} exact /> },
    {
      id: 'order',
      label: 'override:field.order',
      width: 150,
      render: row => <Link to={`/orders/${row.order_id}?tab=approvals`}>{row.order_number}</Link>,
    },
    { id: 'customer', label: 'override:field.customer', width: 160, render: row => row.customer_name },
    { id: 'verb', label: 'override:field.verb', width: 80, render: row => row.verb_name },
    { id: 'said', label: 'override:field.said', width: 220, grow: true, render: row => row.said },
    { id: 'reason', label: 'override:field.reason', width: 180, render: row => row.reason },
    { id: 'by', label: 'override:field.by', width: 140, render: row => `${row.by.name}（${row.role_name}）` },
    { id: 'due', label: 'override:field.due', width: 150, render: row => <When instant={row.due_at} exact /> },
    {
      id: 'owed',
      label: 'override:field.owed',
      width: 170,
      render: row => (
        <span className="row">
          <OwedTag of={row} />
          {bring && (row.owed === 'open' || row.owed === 'late') && (
            <Button size="small" onClick={() => bring(row)}>
              {t('common:override.backfill')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}

/** The figures of the last thirty days, by gate, as bars. */
function Kept() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['overrides', 'kept'], queryFn: () => get<KeptProcess>('/overrides/kept') })
  const gates = found.data?.gates ?? []
  if (gates.length === 0) return null
  const most = Math.max(...gates.map(gate => gate.overridden))
  const parts = ['in_time', 'open', 'late', 'too_late'] as const
  return (
    <Card title={t('override:kept.title', { from: found.data?.from, to: found.data?.to })}>
      <ul className="kept">
        {gates.map(gate => (
          <li key={gate.gate}>
            <code className="cut">{gate.gate}</code>
            <span className="kept-bar" style={{ inlineSize: `${Math.max(4, (100 * gate.overridden) / most)}%` }}>
              {parts.map(
                part =>
                  gate[part] > 0 && (
                    <span
                      key={part}
                      className={`kept-part kept-${part}`}
                      style={{ flexGrow: gate[part] }}
                      title={`${t(`override:owed.${part}`)} ${gate[part]}`}
                    >
                      {gate[part]}
                    </span>
                  ),
              )}
            </span>
            <span className="soft">
              {t('override:kept.count', { count: gate.overridden })}
              {gate.too_late + gate.late > 0 && ` · ${t('override:kept.late', { count: gate.too_late + gate.late })}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function OverridesPage() {
  const { t } = useTranslation()
  const may = useCan('attachment.add')
  const [bringing, setBringing] = useState<Override | null>(null)
  const spec = useMemo<ListSpec<Override>>(
    () => ({
      noun: 'overrides',
      path: '/overrides',
      title: 'nav:overrides',
      rowKey,
      rowHref: row => `/orders/${row.order_id}?tab=approvals`,
      rowName: row => `${row.order_number} ${row.said}`,
      columns: columns(t, may ? setBringing : null),
      filters,
      views,
      defaultSort: '-at',
      searchKey: 'order',
      searchHint: 'override:search_hint',
      above: (
        <>
          <KeptTabs />
          <Kept />
        </>
      ),
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.order_number}</span>
            <OwedTag of={row} />
          </span>
          <span className="soft cut">{row.said}</span>
          <span className="soft cut">
            {row.by.name} · {row.reason}
          </span>
        </span>
      ),
      empty: { title: t('override:empty.title'), text: t('override:empty.text') },
    }),
    [t, may],
  )
  return (
    <>
      <ListPage spec={spec} />
      <Suspense fallback={null}>
        {bringing && <BackfillDialog override={bringing} onClose={() => setBringing(null)} />}
      </Suspense>
    </>
  )
}
