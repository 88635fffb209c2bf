/** A change order being written: what is to change at the left, what comes of it at the right, before anything is kept. */
import { DeleteOutlined } from '@ant-design/icons'
import { Alert, Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post, put } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { CHANGE_KINDS, type ChangeInput, type ChangeOrder, type ChangeState, type Order } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { Consequences, SideBySide } from './Effect'
import { useChange, useChangedOrder, usePreview, useRefreshChanges } from './queries'
import { RowFields } from './RowFields'
import { isWhole, type Row, rowOf, rowsOf, sentOf } from './rows'
import './change.css'

/** A new change of the order in the address. */
export function NewChange() {
  const { id = '' } = useParams()
  return <Opened order={id} />
}

/** The draft in the address. */
export function EditChange() {
  const { id = '' } = useParams()
  const query = useChange(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Opened order={query.data.order.id} change={query.data} />
}

function Opened({ order, change }: { order: string; change?: ChangeOrder }) {
  const query = useChangedOrder(order)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Form key={change?.id} order={query.data} change={change} />
}

function Form({ order, change }: { order: Order; change?: ChangeOrder }) {
  const { t } = useTranslation()
  const [side, setSide] = useState<'customer' | 'company'>(change?.side ?? 'customer')
  const [reason, setReason] = useState(change?.reason ?? '')
  const [rows, setRows] = useState<Row[]>(() => (change ? rowsOf(change, order) : []))
  const sent: ChangeInput = { side, reason, changes: rows.map(sentOf) }
  const whole = rows.length > 0 && rows.every(isWhole)
  const asked = useDebounced(JSON.stringify({ side, reason: '', changes: sent.changes }), 400)
  const preview = usePreview(order.id, JSON.parse(asked) as ChangeInput, whole)
  const save = useSave(order, change, sent)
  const wrong = preview.error instanceof ApiProblem ? preview.error : null
  const of = (place: number) => wrong?.errors.filter(error => error.pointer.startsWith(`/changes/${place}/`)) ?? []
  const loose = wrong && !rows.some((_, place) => of(place).length > 0)
  const ready = whole && !wrong && reason.trim() !== ''
  const title = change ? change.number : t('change:form.title', { number: order.number })
  const set = (key: number, changed: Partial<Row>) =>
    setRows(rows.map(row => (row.key === key ? { ...row, ...changed } : row)))
  return (
    <div className="page">
      <PageHead title={title}>
        <div className="action-bar">
          <Button type="primary" disabled={!ready} loading={save.busy} onClick={() => void save.run(true)}>
            {t('change:form.submit')}
          </Button>
          <Button disabled={!ready} loading={save.busy} onClick={() => void save.run(false)}>
            {t('change:form.keep')}
          </Button>
        </div>
      </PageHead>
      <Card title={t('change:form.what')}>
        <div className="change-rows">
          <Radio.Group
            aria-label={t('change:field.side')}
            value={side}
            onChange={event => setSide(event.target.value as 'customer' | 'company')}
            options={(['customer', 'company'] as const).map(value => ({ value, label: t(`change:side.${value}`) }))}
          />
          <Input.TextArea
            rows={2}
            maxLength={500}
            aria-label={t('change:field.reason')}
            placeholder={t('change:form.reason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {rows.map((row, place) => (
            <div key={row.key} className="change-row">
              <span className="strong">{t(`change:kind.${row.kind}`)}</span>
              <RowFields row={row} order={order} place={place} onChange={changed => set(row.key, changed)} />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t('common:remove')} ${place + 1}`}
                onClick={() => setRows(rows.filter(other => other.key !== row.key))}
              />
              {whole && of(place).length > 0 && (
                <p className="ink-late change-wrong" role="alert">
                  {of(place)
                    .map(error => error.message)
                    .join('；')}
                </p>
              )}
            </div>
          ))}
          <Select
            aria-label={t('change:form.add')}
            placeholder={t('change:form.add')}
            value={null}
            onChange={kind => kind && setRows([...rows, rowOf(kind, order)])}
            options={CHANGE_KINDS.map(kind => ({ value: kind, label: t(`change:kind.${kind}`) }))}
          />
        </div>
      </Card>
      {whole && loose && <Alert type="error" showIcon title={wrong.detail || wrong.title} />}
      {whole && preview.data && !wrong && (
        <>
          <Consequences effect={preview.data} />
          <SideBySide effect={preview.data} />
        </>
      )}
    </div>
  )
}

/** Keeps the draft, and submits it where that is wanted. */
function useSave(order: Order, change: ChangeOrder | undefined, sent: ChangeInput) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const message = useMessage()
  const problemText = useProblemText()
  const refresh = useRefreshChanges()
  const [busy, setBusy] = useState(false)
  const run = async (submit: boolean) => {
    setBusy(true)
    try {
      const kept = change
        ? await put<ChangeState>(`/changes/${change.id}`, sent, { version: change.version })
        : await post<ChangeState>(`/orders/${order.id}/changes`, sent)
      if (submit) await post(`/changes/${kept.id}/submit`, {})
      void message.success(t(submit ? 'change:did.submit' : 'change:did.edit'))
      refresh()
      void navigate(`/changes/${kept.id}`)
    } catch (error) {
      void message.error(problemText(error), 6)
    } finally {
      setBusy(false)
    }
  }
  return { busy, run }
}
