/** One stock count: what was counted place by place, what differs, and who accepts it. */
import { CheckOutlined, RollbackOutlined, SendOutlined, StopOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { DecimalInput } from '@/components/form/DecimalInput'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { get } from '@/lib/api/client'
import type { Saved, StockCount } from '@/lib/api/types'
import { compare, isDecimal, isZero } from '@/lib/decimal'
import { formatMoney, formatQuantity } from '@/lib/format'
import { usePost } from '@/lib/step'
import { StatusTag } from '../place/tags'
import { CountScan } from './CountScan'
import { CountStatusTag } from './tags'

type Line = StockCount['lines'][number]
/** What is typed and not sent yet, by line. */
export type Typed = Record<number, string>

export function CountPage() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['stock-counts', 'one', id],
    queryFn: () => get<StockCount>(`/stock-counts/${id}`),
    enabled: id !== '',
  })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} count={query.data} />
}

function useStep<Given extends object>(count: StockCount, verb: string, onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['stock-counts'] })
    void client.invalidateQueries({ queryKey: ['stock'] })
  }
  return usePost<Given, Saved>(`/stock-counts/${count.id}/${verb}`, {
    version: () => count.version,
    done: t(`place:count_of.did.${verb}`),
    onDone: () => {
      refresh()
      onDone()
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
}

interface Entry {
  line_no: number
  counted: string
  product_id?: string
  bin?: string
  lot?: string
}

function Loaded({ count }: { count: StockCount }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Typed>({})
  const [open, setOpen] = useState<'return' | 'cancel' | null>(null)
  const done = () => setOpen(null)
  const enter = useStep<{ lines: Entry[] }>(count, 'enter', () => setTyped({}))
  const submit = useStep<object>(count, 'submit', done)
  const approve = useStep<object>(count, 'approve', done)
  const back = useStep<{ reason: string }>(count, 'return', done)
  const cancel = useStep<{ reason: string }>(count, 'cancel', done)
  const label = (verb: string) => t(`place:count_of.verb.${verb}`)
  const lines = Object.entries(typed)
    .filter(([, value]) => isDecimal(value))
    .map(([line, counted]) => ({ line_no: Number(line), counted }))
  const counting = count.status === 'open' && count.actions.some(action => action.verb === 'enter' && action.allowed)
  const verbs: Verb[] = [
    { verb: 'submit', label: label('submit'), icon: <SendOutlined />, run: () => submit.mutate({}) },
    { verb: 'approve', label: label('approve'), icon: <CheckOutlined />, run: () => approve.mutate({}) },
    { verb: 'return', label: label('return'), icon: <RollbackOutlined />, run: () => setOpen('return') },
    { verb: 'cancel', label: label('cancel'), icon: <StopOutlined />, danger: true, run: () => setOpen('cancel') },
  ]
  const busy = submit.isPending ? 'submit' : approve.isPending ? 'approve' : null
  const reasoned = open === 'return' ? back : cancel
  return (
    <div className="page">
      <PageHead
        title={count.number}
        tags={
          <>
            <CountStatusTag status={count.status} />
            <span className="soft">{count.warehouse.name}</span>
            <span className="soft num">
              {count.counted} / {count.line_count}
            </span>
          </>
        }
      >
        <ActionBar actions={count.actions} verbs={verbs} busy={busy} />
      </PageHead>
      {count.blind && count.status === 'open' && (
        <Alert type="info" showIcon className="gap-below" title={t('place:count_of.blind_note')} />
      )}
      {count.reason && (
        <Alert type="info" showIcon className="gap-below" title={t('place:ended', { why: count.reason })} />
      )}
      {counting && (
        <CountScan count={count} typed={typed} onTyped={setTyped} onFound={entry => enter.mutate({ lines: [entry] })} />
      )}
      <Card
        title={t('place:places_count', { count: count.line_count })}
        extra={
          counting && (
            <Button
              type="primary"
              disabled={lines.length === 0}
              loading={enter.isPending}
              onClick={() => enter.mutate({ lines })}
            >
              {t('place:count_of.save', { count: lines.length })}
            </Button>
          )
        }
        flush
      >
        <Lines count={count} counting={counting} typed={typed} onTyped={setTyped} />
      </Card>
      {open && (
        <ReasonDialog
          title={`${label(open)} ${count.number}`}
          confirm={label(open)}
          consequences={[t(`place:count_of.follows.${open}`)]}
          danger={open === 'cancel'}
          busy={reasoned.isPending}
          onSubmit={reason => reasoned.mutate({ reason })}
          onClose={done}
        />
      )}
    </div>
  )
}

function Difference({ line }: { line: Line }) {
  if (!line.difference) return <span className="soft">–</span>
  if (isZero(line.difference.value)) return <span className="soft">0</span>
  const up = compare(line.difference.value, '0') > 0
  return (
    <span className={up ? 'ink-risk strong' : 'ink-late strong'}>
      {up ? '+' : ''}
      {formatQuantity(line.difference)}
    </span>
  )
}

interface LinesProps {
  count: StockCount
  counting: boolean
  typed: Typed
  onTyped: (typed: Typed) => void
}

function Lines({ count, counting, typed, onTyped }: LinesProps) {
  const { t } = useTranslation()
  const shows = count.lines.some(line => line.book)
  const worth = count.lines.some(line => line.worth)
  const columns: LineColumn<Line>[] = [
    { id: 'bin', label: t('stock:field.bin'), width: 110, render: line => line.bin || '–' },
    {
      id: 'product',
      label: t('stock:field.product'),
      main: true,
      render: line => (
        <>
          <span className="strong">{line.product.name}</span> <span className="soft">{line.product.code}</span>
        </>
      ),
    },
    { id: 'lot', label: t('stock:field.lot'), render: line => line.lot || '–' },
    { id: 'status', label: t('stock:field.status'), render: line => <StatusTag status={line.status} /> },
    {
      id: 'counted',
      label: t('place:count_of.counted'),
      end: true,
      width: 170,
      render: line =>
        counting ? (
          <DecimalInput
            aria-label={`${t('place:count_of.counted')} ${line.product.name} ${line.bin} ${line.lot}`}
            value={typed[line.line_no] ?? line.counted?.value ?? null}
            suffix={line.unit}
            onChange={value => {
              const { [line.line_no]: _, ...rest } = typed
              onTyped(value === null || value === '' ? rest : { ...rest, [line.line_no]: value })
            }}
          />
        ) : (
          formatQuantity(line.counted)
        ),
    },
  ]
  if (shows) {
    columns.push(
      { id: 'book', label: t('place:count_of.book'), end: true, render: line => formatQuantity(line.book) || '–' },
      {
        id: 'difference',
        label: t('place:count_of.difference'),
        end: true,
        render: line => <Difference line={line} />,
      },
    )
  }
  if (worth) {
    columns.push({
      id: 'worth',
      label: t('place:count_of.worth'),
      end: true,
      render: line => (line.worth ? formatMoney(line.worth) : '–'),
    })
  }
  columns.push({ id: 'by', label: t('place:count_of.by'), render: line => line.counted_by || '–' })
  return (
    <LineTable
      label={t('place:places_count', { count: count.line_count })}
      rows={count.lines}
      rowKey={line => line.line_no}
      columns={columns}
    />
  )
}
