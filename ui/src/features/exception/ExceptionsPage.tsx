import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { When } from '@/components/When'
import { useCan } from '@/lib/session'
import { AnswerButtons } from './AnswerButtons'
import { KINDS, type OrderException, STATUSES, useOpenExceptions } from './queries'
import { ExceptionTag, partsOf } from './tags'

const AnswerDialog = lazy(() => import('./AnswerDialog'))

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'exception:field.kind',
    many: true,
    options: optionsOf(KINDS, kind => `exception:kind.${kind}`),
  },
  {
    kind: 'choice',
    key: 'status',
    label: 'exception:field.status',
    many: true,
    options: optionsOf(STATUSES, status => `exception:status.${status}`),
  },
  { kind: 'pick', key: 'rep', label: 'exception:field.rep', pick: 'user' },
]

function viewsOf(open: number | undefined): View[] {
  return [
    { value: 'open', label: 'exception:status.open', query: { status: 'open' }, count: open },
    { value: 'mine', label: 'exception:view.mine', query: { status: 'open', mine: true } },
    { value: 'all', label: 'common:all', query: {} },
  ]
}

function columnsOf(t: TFunction, answer: (one: OrderException, verb: 'redo' | 'give-up') => void, may: boolean) {
  const columns: Column<OrderException>[] = [
    { id: 'number', label: 'exception:field.number', width: 146, sort: 'number', render: row => row.number },
    { id: 'status', label: 'exception:field.status', width: 92, render: row => <ExceptionTag status={row.status} /> },
    { id: 'kind', label: 'exception:field.kind', width: 92, render: row => t(`exception:kind.${row.kind}`) },
    { id: 'customer', label: 'exception:field.customer', width: 150, render: row => row.customer.name },
    { id: 'parts', label: 'exception:field.parts', width: 150, grow: true, render: row => partsOf(row) || '–' },
    { id: 'cause', label: 'exception:field.cause', width: 150, render: row => row.cause },
    { id: 'rep', label: 'exception:field.rep', width: 80, render: row => row.rep?.name ?? '–' },
    {
      id: 'opened_at',
      label: 'exception:field.opened_at',
      width: 96,
      sort: 'opened_at',
      render: row => <When instant={row.opened_at} />,
    },
    {
      id: 'answer',
      label: 'exception:field.answer',
      width: 136,
      render: row =>
        row.answer ? (
          row.answer.reason
        ) : (
          <AnswerButtons exception={row} may={may} onAnswer={verb => answer(row, verb)} />
        ),
    },
  ]
  return columns
}

/** What went wrong with orders downstream; those that wait for an answer first (CHG-05). */
export function ExceptionsPage() {
  const { t } = useTranslation()
  const may = useCan('exception.answer')
  const open = useOpenExceptions().data?.open
  const [answering, setAnswering] = useState<{ one: OrderException; verb: 'redo' | 'give-up' } | null>(null)
  const spec = useMemo<ListSpec<OrderException>>(
    () => ({
      noun: 'exceptions',
      path: '/exceptions',
      title: 'nav:exceptions',
      rowKey: row => row.id,
      rowHref: row => `/orders/${row.order.id}`,
      rowName: row => row.number,
      columns: columnsOf(t, (one, verb) => setAnswering({ one, verb }), may),
      filters,
      views: viewsOf(open),
      defaultSort: '-opened_at',
      searchHint: 'exception:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer.name}</span>
            <ExceptionTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">
              {t(`exception:kind.${row.kind}`)} · {row.order.number}
            </span>
            <When instant={row.opened_at} />
          </span>
          <span className="soft cut">{[partsOf(row), row.cause].filter(Boolean).join(' · ')}</span>
        </span>
      ),
      empty: { title: t('exception:empty.title'), text: t('exception:empty.text') },
    }),
    [t, may, open],
  )
  return (
    <>
      <ListPage spec={spec} />
      <Suspense fallback={null}>
        {answering && (
          <AnswerDialog exception={answering.one} verb={answering.verb} onClose={() => setAnswering(null)} />
        )}
      </Suspense>
    </>
  )
}
