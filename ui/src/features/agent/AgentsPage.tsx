import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { CustomerTabs } from '@/components/CustomerTabs'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type Filter, type ListSpec } from '@/components/list/spec'
import { formatMoney, formatRate } from '@/lib/format'
import { useCan } from '@/lib/session'
import type { AgentRow } from './queries'

const AgentForm = lazy(() => import('./AgentForm'))

const filters: Filter[] = [ACTIVE_FILTER]

/** What was earned, by currency. */
function Earned({ row }: { row: AgentRow }) {
  if (row.commission.length === 0) return <span className="soft">–</span>
  return <span className="mono">{row.commission.map(formatMoney).join(' · ')}</span>
}

function columnsOf(t: TFunction): Column<AgentRow>[] {
  return [
    { id: 'code', label: 'agent:field.code', width: 120, sort: 'code', render: row => row.customer.code },
    {
      id: 'name',
      label: 'agent:field.name',
      width: 220,
      grow: true,
      sort: 'name',
      render: row => (
        <>
          {row.customer.name} <InactiveTag active={row.active} />
        </>
      ),
    },
    {
      id: 'rate',
      label: 'agent:field.commission_rate',
      width: 110,
      end: true,
      sort: 'commission_rate',
      render: row => formatRate(row.commission_rate),
    },
    { id: 'basis', label: 'agent:field.basis', width: 140, render: row => t(`agent:basis.${row.basis}`) },
    { id: 'customers', label: 'agent:field.customers', width: 100, end: true, render: row => row.customers },
    {
      id: 'commission',
      label: 'agent:field.this_month',
      width: 170,
      end: true,
      render: row => <Earned row={row} />,
    },
  ]
}

/** Agents and distributors, with their terms and what they earned this month (PTY-06). */
export function AgentsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('agent.edit')
  const [adding, setAdding] = useState(false)
  const spec = useMemo<ListSpec<AgentRow>>(() => {
    const add = mayEdit && (
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {t('agent:new')}
      </Button>
    )
    return {
      noun: 'agents',
      path: '/agents',
      title: 'nav:agents',
      rowKey: row => row.id,
      rowHref: row => `/agents/${row.id}`,
      rowName: row => row.customer.name,
      columns: columnsOf(t),
      filters,
      defaultSort: 'code',
      searchHint: 'agent:search_hint',
      extra: add,
      above: <CustomerTabs />,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer.name}</span>
            <InactiveTag active={row.active} />
          </span>
          <span className="row soft">
            <span className="grow cut">
              {formatRate(row.commission_rate)} · {t(`agent:basis.${row.basis}`)}
            </span>
            <Earned row={row} />
          </span>
        </span>
      ),
      empty: { title: t('agent:empty.title'), text: t('agent:empty.text'), action: add },
    }
  }, [t, mayEdit])
  return (
    <>
      <ListPage spec={spec} />
      <Suspense fallback={null}>
        {adding && (
          <AgentForm agent={null} onClose={() => setAdding(false)} onDone={id => void navigate(`/agents/${id}`)} />
        )}
      </Suspense>
    </>
  )
}
