/** Customers that look like one, to be worked through (PTY-03). */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { CustomerTabs } from '@/components/CustomerTabs'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec, View } from '@/components/list/spec'
import { ReasonDialog } from '@/components/ReasonDialog'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import type { CustomerPair } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { MergeDialog } from './merge'
import { Reasons } from './Reasons'

const views: View[] = [
  { value: 'open', label: 'customer:duplicate.open', query: { state: 'open' } },
  { value: 'distinct', label: 'customer:duplicate.distinct', query: { state: 'distinct' } },
  { value: 'merged', label: 'customer:duplicate.merged', query: { state: 'merged' } },
]

const rowKey = (row: CustomerPair) => `${row.first.id} ${row.second.id}`

function Side({ side }: { side: CustomerPair['first'] }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <Link className="cut" to={`/customers/${side.id}`}>
        {side.name}
      </Link>
      <span className="soft">{side.code}</span>
      {!side.active && <WordTag>{t('common:inactive')}</WordTag>}
    </span>
  )
}

function TellApart({ row }: { row: CustomerPair }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useCan('customer.edit')
  const [open, setOpen] = useState(false)
  const step = usePost<{ reason: string }, unknown>(`/customers/${row.first.id}/tell-apart/${row.second.id}`, {
    done: t('customer:duplicate.done'),
    onDone: () => {
      setOpen(false)
      void client.invalidateQueries({ queryKey: ['customer-pairs'] })
    },
  })
  if (row.state !== 'open' || !may) return <span className="soft cut">{row.note}</span>
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('customer:duplicate.verb')} ${row.first.code} ${row.second.code}`}
      >
        {t('customer:duplicate.verb')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('customer:duplicate.verb')}
          confirm={t('customer:duplicate.verb')}
          consequences={[t('customer:duplicate.consequence', { first: row.first.name, second: row.second.name })]}
          suggestions={[t('customer:duplicate.reason_1'), t('customer:duplicate.reason_2')]}
          busy={step.isPending}
          onSubmit={reason => step.mutate({ reason })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function Merge({ row }: { row: CustomerPair }) {
  const { t } = useTranslation()
  const may = useCan('customer.merge')
  const [open, setOpen] = useState(false)
  if (row.state !== 'open' || !may) return null
  return (
    <>
      <Button
        size="small"
        type="primary"
        onClick={() => setOpen(true)}
        aria-label={`${t('customer:merge.verb')} ${row.first.code} ${row.second.code}`}
      >
        {t('customer:merge.verb')}
      </Button>
      {open && (
        <MergeDialog
          one={row.first.id}
          other={row.second.id}
          onClose={() => setOpen(false)}
          onDone={() => setOpen(false)}
        />
      )}
    </>
  )
}

function Decide({ row }: { row: CustomerPair }) {
  return (
    <span className="row">
      <Merge row={row} />
      <TellApart row={row} />
    </span>
  )
}

const columns: Column<CustomerPair>[] = [
  { id: 'first', label: 'customer:duplicate.first', width: 260, grow: true, render: row => <Side side={row.first} /> },
  {
    id: 'second',
    label: 'customer:duplicate.second',
    width: 260,
    grow: true,
    render: row => <Side side={row.second} />,
  },
  {
    id: 'score',
    label: 'customer:duplicate.score',
    width: 90,
    end: true,
    sort: 'score',
    render: row => `${row.score}%`,
  },
  {
    id: 'reasons',
    label: 'customer:duplicate.reasons',
    width: 260,
    render: row => (
      <span className="row">
        <Reasons reasons={row.reasons} nameScore={row.name_score} />
      </span>
    ),
  },
  {
    id: 'found_at',
    label: 'customer:duplicate.found_at',
    width: 130,
    sort: 'found_at',
    render: row => <When instant={row.found_at} />,
  },
  { id: 'actions', label: 'customer:duplicate.decision', width: 230, render: row => <Decide row={row} /> },
]

export function DuplicatesPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<CustomerPair>>(
    () => ({
      noun: 'customer-pairs',
      path: '/customers/duplicates',
      title: 'nav:customers',
      rowKey,
      rowHref: row => `/customers/${row.second.id}`,
      rowName: row => `${row.first.name} ${row.second.name}`,
      columns,
      filters: [],
      views,
      defaultSort: '-score',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.first.name}</span>
            <span className="soft">{row.first.code}</span>
          </span>
          <span className="row">
            <span className="strong cut grow">{row.second.name}</span>
            <span className="soft">{row.second.code}</span>
          </span>
          <span className="row wrap">
            <Reasons reasons={row.reasons} nameScore={row.name_score} />
            <Decide row={row} />
          </span>
        </span>
      ),
      above: <CustomerTabs />,
      empty: { title: t('customer:duplicate.none.title'), text: t('customer:duplicate.none.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}
