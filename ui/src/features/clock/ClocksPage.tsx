/** Every time limit that runs: the one that ends next first. */
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec, View } from '@/components/list/spec'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { Clock, ClockRule } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { ClockState } from './ClockState'

const views: View[] = [
  { value: 'open', label: 'clock:view.open', query: {} },
  { value: 'breached', label: 'clock:state.breached', query: { state: 'breached' } },
  { value: 'running', label: 'clock:state.running', query: { state: 'running' } },
  { value: 'paused', label: 'clock:state.paused', query: { state: 'paused' } },
  { value: 'stopped', label: 'clock:state.stopped', query: { state: 'stopped' } },
]
const rowKey = (row: Clock) => row.id
const hrefOf = (row: Clock) => `/${row.subject === 'inquiry' ? 'inquiries' : 'orders'}/${row.order.id}`

function clockColumns(t: TFunction): Column<Clock>[] {
  return [
    {
      id: 'order',
      label: 'clock:field.order',
      width: 140,
      sort: 'number',
      render: row => <Link to={hrefOf(row)}>{row.order.number || t('order:no_number')}</Link>,
    },
    { id: 'name', label: 'clock:field.name', width: 170, grow: true, render: row => row.name },
    { id: 'state', label: 'clock:field.state', width: 206, render: row => <ClockState clock={row} /> },
    {
      id: 'due_at',
      label: 'clock:field.due_at',
      width: 150,
      sort: 'due_at',
      render: row => <span className="mono">{formatInstant(row.due_at)}</span>,
    },
    { id: 'role', label: 'clock:field.role', width: 110, render: row => row.role_name || '–' },
    {
      id: 'level',
      label: 'clock:field.level',
      width: 100,
      render: row =>
        row.level > 0 ? <span className="ink-late strong">{t('clock:level', { level: row.level })}</span> : '–',
    },
    {
      id: 'note',
      label: 'clock:field.note',
      width: 200,
      grow: true,
      render: row => <span className="cut">{row.pause_reason || row.note || '–'}</span>,
    },
    {
      id: 'started_at',
      label: 'clock:field.started_at',
      width: 120,
      sort: 'started_at',
      optional: true,
      render: row => <When instant={row.started_at} />,
    },
  ]
}

export function ClocksPage() {
  const { t } = useTranslation()
  const rules = useQuery({ queryKey: ['clocks', 'rules'], queryFn: () => get<ClockRule[]>('/clock-rules') }).data
  const spec = useMemo<ListSpec<Clock>>(
    () => ({
      noun: 'clocks',
      path: '/clocks',
      title: 'nav:clocks',
      rowKey,
      rowHref: hrefOf,
      rowName: row => `${row.order.number} ${row.name}`,
      columns: clockColumns(t),
      filters: [
        {
          kind: 'choice',
          key: 'code',
          label: 'clock:field.name',
          options: (rules ?? []).map(rule => ({ value: rule.code, label: rule.name })),
        },
      ],
      views,
      defaultSort: 'due_at',
      searchHint: 'clock:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <ClockState clock={row} />
          </span>
          <span className="row soft">
            <span className="cut grow">
              {[row.order.number, row.role_name, row.pause_reason || row.note].filter(Boolean).join(' · ')}
            </span>
            <span className="mono">{formatInstant(row.due_at)}</span>
          </span>
        </span>
      ),
      empty: { title: t('clock:empty.title'), text: t('clock:empty.text') },
    }),
    [t, rules],
  )
  return <ListPage spec={spec} />
}
