/** One transfer: what goes where, what has arrived, and what may be done with it now. */
import { CheckOutlined, EditOutlined, InboxOutlined, SendOutlined, StopOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { Saved, Transfer } from '@/lib/api/types'
import { compare } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { usePost } from '@/lib/step'
import { TransferStatusTag } from './tags'

const ArrivalDialog = lazy(() => import('./ArrivalDialog'))

export function TransferPage() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['transfers', 'one', id],
    queryFn: () => get<Transfer>(`/transfers/${id}`),
    enabled: id !== '',
  })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} transfer={query.data} />
}

function useStep<Given extends object>(transfer: Transfer, verb: string, onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['transfers'] })
    void client.invalidateQueries({ queryKey: ['stock'] })
  }
  return usePost<Given, Saved>(`/transfers/${transfer.id}/${verb}`, {
    version: () => transfer.version,
    done: t(`place:transfer.did.${verb}`),
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

function Loaded({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'receive' | 'close' | 'cancel' | null>(null)
  const done = () => setOpen(null)
  const send = useStep<object>(transfer, 'send', done)
  const shut = useStep<{ reason: string }>(transfer, 'close', done)
  const cancel = useStep<{ reason: string }>(transfer, 'cancel', done)
  const label = (verb: string) => t(`place:transfer.verb.${verb}`)
  const verbs: Verb[] = [
    { verb: 'send', label: label('send'), icon: <SendOutlined />, run: () => send.mutate({}) },
    { verb: 'receive', label: label('receive'), icon: <InboxOutlined />, run: () => setOpen('receive') },
    {
      verb: 'edit',
      label: label('edit'),
      icon: <EditOutlined />,
      run: () => void navigate(`/stock/transfers/${transfer.id}/edit`),
    },
    { verb: 'close', label: label('close'), icon: <CheckOutlined />, danger: true, run: () => setOpen('close') },
    { verb: 'cancel', label: label('cancel'), icon: <StopOutlined />, danger: true, run: () => setOpen('cancel') },
  ]
  const reasoned = open === 'close' ? shut : cancel
  return (
    <div className="page">
      <PageHead title={transfer.number} tags={<TransferStatusTag status={transfer.status} />}>
        <ActionBar actions={transfer.actions} verbs={verbs} busy={send.isPending ? 'send' : null} />
      </PageHead>
      {transfer.end_reason && (
        <Alert type="info" showIcon className="gap-below" title={t('place:ended', { why: transfer.end_reason })} />
      )}
      <div className="gap-below">
        <Card title={t('place:transfer.head')}>
          <Facts
            items={[
              { label: t('place:transfer.from'), value: transfer.from.name },
              { label: t('place:transfer.to'), value: transfer.to.name },
              { label: t('place:transfer.expected_on'), value: transfer.expected_on ?? '–' },
              {
                label: t('place:transfer.sent_at'),
                value: transfer.sent_at ? <When instant={transfer.sent_at} exact /> : '–',
              },
              { label: t('stock:field.by'), value: transfer.created_by },
              { label: t('common:note'), value: transfer.note || '–', wide: true },
            ]}
          />
        </Card>
      </div>
      <Goods transfer={transfer} />
      <Suspense fallback={null}>{open === 'receive' && <ArrivalDialog transfer={transfer} onClose={done} />}</Suspense>
      {(open === 'close' || open === 'cancel') && (
        <ReasonDialog
          title={`${label(open)} ${transfer.number}`}
          confirm={label(open)}
          consequences={[t(`place:transfer.follows.${open}`)]}
          danger
          busy={reasoned.isPending}
          onSubmit={reason => reasoned.mutate({ reason })}
          onClose={done}
        />
      )}
    </div>
  )
}

function Goods({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation()
  const draft = transfer.status === 'draft'
  return (
    <Card title={t('place:transfer.lines')} flush>
      <LineTable
        label={t('place:transfer.lines')}
        rows={transfer.lines}
        rowKey={line => line.line_no}
        columns={[
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
          {
            id: 'lot',
            label: t('stock:field.lot'),
            render: line => (line.lot_id ? <Link to={`/stock/lots/${line.lot_id}`}>{line.lot}</Link> : '–'),
          },
          { id: 'quantity', label: t('place:quantity'), end: true, render: line => formatQuantity(line.quantity) },
          ...(draft
            ? [
                {
                  id: 'free',
                  label: t('place:transfer.free'),
                  end: true,
                  render: (line: Transfer['lines'][number]) => (
                    <span
                      className={compare(line.free?.value ?? '0', line.quantity.value) < 0 ? 'ink-late strong' : ''}
                    >
                      {formatQuantity(line.free)}
                    </span>
                  ),
                },
              ]
            : [
                {
                  id: 'received',
                  label: t('place:transfer.received'),
                  end: true,
                  render: (line: Transfer['lines'][number]) => formatQuantity(line.received),
                },
                {
                  id: 'open',
                  label: t('stock:field.in_transit'),
                  end: true,
                  render: (line: Transfer['lines'][number]) => formatQuantity(line.open),
                },
                {
                  id: 'lost',
                  label: t('place:transfer.lost'),
                  end: true,
                  render: (line: Transfer['lines'][number]) => formatQuantity(line.lost),
                },
              ]),
        ]}
      />
    </Card>
  )
}
