/** One step on many orders: each by itself, with what came of it. */
import { Button, Modal, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StateTag } from '@/components/StateTag'
import { post } from '@/lib/api/client'
import type { ApproveBatchAnswer, OrderRow, OrderState } from '@/lib/api/types'
import { uuidv7 } from '@/lib/api/uuid'
import { sum } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import { useProblemText } from '@/lib/step'
import type { BatchVerb } from './batch-verbs'
import { useRefreshOrders } from './step'

interface Result {
  row: OrderRow
  /** Why it was refused; nothing when it is done. */
  refused: string | null
  /** Why somebody should look at it first. */
  held?: string
}

interface Props {
  verb: BatchVerb
  rows: OrderRow[]
  onClose: () => void
}

/** Approves one order unless somebody should look at it first. */
async function approveOne(row: OrderRow, problemText: (error: unknown) => string): Promise<Result> {
  try {
    const body = { orders: [{ id: row.id, version: row.version }], note: '' }
    const answer = await post<ApproveBatchAnswer>('/orders/approve-batch', body, { idempotencyKey: uuidv7() })
    const result = answer.results[0]
    if (result && 'held_out' in result) {
      return { row, refused: '', held: result.held_out.map(risk => risk.name).join('；') }
    }
    if (result && 'error' in result) return { row, refused: result.error.detail }
    return { row, refused: null }
  } catch (error) {
    return { row, refused: problemText(error) }
  }
}

export default function BatchDialog({ verb, rows, onClose }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const refresh = useRefreshOrders()
  const [results, setResults] = useState<Result[]>([])
  const [running, setRunning] = useState(false)
  const live = useRef(true)
  useEffect(() => {
    live.current = true
    return () => {
      live.current = false
    }
  }, [])
  const fitting = rows.filter(row => row.status === verb.from)
  const currency = fitting[0]?.payable.currency ?? 'CNY'
  const total = { amount: sum(fitting.map(row => row.payable.amount)), currency }
  const finished = results.length === fitting.length && results.length > 0
  const run = async () => {
    setRunning(true)
    for (const row of fitting) {
      if (!live.current) break
      if (verb.verb === 'approve') {
        const result = await approveOne(row, problemText)
        setResults(now => [...now, result])
        continue
      }
      const refused = await post<OrderState>(`/orders/${row.id}/${verb.verb}`, verb.body, {
        idempotencyKey: uuidv7(),
      }).then(
        () => null,
        (error: unknown) => problemText(error),
      )
      setResults(now => [...now, { row, refused }])
    }
    setRunning(false)
    refresh()
  }
  const name = t(`order:verb.${verb.verb}`)
  const refused = results.filter(result => result.refused !== null && result.held === undefined)
  const held = results.filter(result => result.held !== undefined)
  return (
    <Modal
      open
      title={t('order:batch.title', { verb: name })}
      onCancel={onClose}
      width={560}
      footer={
        finished
          ? [
              <Button key="done" type="primary" onClick={onClose}>
                {t('common:done')}
              </Button>,
            ]
          : [
              <Button key="back" onClick={onClose}>
                {t('common:back')}
              </Button>,
              <Button
                key="run"
                type="primary"
                loading={running}
                disabled={fitting.length === 0}
                onClick={() => void run()}
              >
                {name}
              </Button>,
            ]
      }
    >
      <ul className="consequences">
        <li>{t('order:batch.fits', { count: fitting.length, payable: formatMoney(total) })}</li>
        {fitting.length < rows.length && (
          <li>
            {t('order:batch.left_out', { count: rows.length - fitting.length, status: t(`order:status.${verb.from}`) })}
          </li>
        )}
      </ul>
      {(running || finished) && (
        <Progress
          percent={Math.round((100 * results.length) / Math.max(1, fitting.length))}
          status={refused.length > 0 ? 'exception' : undefined}
          aria-label={t('common:loading')}
        />
      )}
      {finished && (
        <div className="row wrap">
          <StateTag tone="done">
            {t('order:batch.done', { count: results.length - refused.length - held.length })}
          </StateTag>
          {held.length > 0 && <StateTag tone="risk">{t('order:batch.held_out', { count: held.length })}</StateTag>}
          {refused.length > 0 && <StateTag tone="late">{t('order:batch.refused', { count: refused.length })}</StateTag>}
        </div>
      )}
      {held.length > 0 && (
        <ul className="batch-refused">
          {held.map(result => (
            <li key={result.row.id}>
              <Link to={`/orders/${result.row.id}`}>{result.row.number || result.row.customer.name}</Link> {result.held}
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <ul className="batch-refused">
          {refused.map(result => (
            <li key={result.row.id}>
              <span className="strong">{result.row.number || result.row.customer.name}</span> {result.refused}
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
