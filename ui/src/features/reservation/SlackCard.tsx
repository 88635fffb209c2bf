/** Days between arrival and what the customer is told: asked for by customer service, answered by sales (PRM-02). */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { get, post } from '@/lib/api/client'
import type { Order, OrderSlack } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'

const OPEN = ['submitted', 'reviewed', 'approved', 'awaiting_signature']

export function SlackCard({ order }: { order: Order }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [dialog, setDialog] = useState<'ask' | 'no' | null>(null)
  const mayAsk = useCan('promise.ask_slack')
  const mayAnswer = useCan('promise.answer_slack')
  const query = useQuery({
    queryKey: ['orders', 'slack', order.id],
    queryFn: () => get<OrderSlack>(`/orders/${order.id}/slack`),
  })
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['orders'] })
    await client.invalidateQueries({ queryKey: ['promise'] })
  }
  const agree = useMutation({
    mutationFn: () => post(`/orders/${order.id}/slack/answer`, { yes: true, note: '' }),
    onSuccess: async () => {
      await refresh()
      void message.success(t('reservation:slack.yes_done'))
    },
    onError: error => void message.error(problemText(error)),
  })
  const slack = query.data
  const open = OPEN.includes(order.status)
  const asked = slack?.asked
  const waiting = asked?.state === 'asked'
  if (!slack || (!open && slack.agreed_days === 0)) return null
  return (
    <div className="reservation-below">
      <Card title={t('reservation:slack.title')}>
        <div className="row reservation-slack">
          <span className="grow">
            <span className="strong">
              {slack.agreed_days > 0
                ? t('reservation:slack.agreed', { days: slack.agreed_days })
                : t('reservation:slack.none')}
            </span>
            {waiting && (
              <div className="ink-risk">
                {t('reservation:slack.waiting', { name: asked.asked_by.name, days: asked.days, reason: asked.reason })}
              </div>
            )}
            {asked?.state === 'refused' && (
              <div className="soft">{t('reservation:slack.refused', { days: asked.days, answer: asked.answer })}</div>
            )}
          </span>
          {open && waiting && mayAnswer && (
            <>
              <Button onClick={() => setDialog('no')}>{t('reservation:slack.no')}</Button>
              <Button type="primary" loading={agree.isPending} onClick={() => agree.mutate()}>
                {t('reservation:slack.yes')}
              </Button>
            </>
          )}
          {open && !waiting && mayAsk && <Button onClick={() => setDialog('ask')}>{t('reservation:slack.ask')}</Button>}
        </div>
      </Card>
      {dialog === 'ask' && <Ask order={order} onClose={() => setDialog(null)} onDone={refresh} />}
      {dialog === 'no' && asked && (
        <Refuse order={order} days={asked.days} onClose={() => setDialog(null)} onDone={refresh} />
      )}
    </div>
  )
}

interface DialogProps {
  order: Order
  onClose: () => void
  onDone: () => Promise<void>
}

function Ask({ order, onClose, onDone }: DialogProps) {
  const { t } = useTranslation()
  const message = useMessage()
  return (
    <FormDialog<{ days: number; reason: string }>
      title={t('reservation:slack.ask')}
      draftKey={null}
      width={440}
      submitLabel={t('reservation:slack.submit')}
      initial={{ days: 1, reason: '' }}
      onSubmit={async values => {
        await post(`/orders/${order.id}/slack/ask`, values)
        await onDone()
        void message.success(t('reservation:slack.asked'))
        onClose()
      }}
      onClose={onClose}
    >
      <Form.Item name="days" label={t('reservation:slack.days')} extra={t('reservation:slack.hint')}>
        <WholeInput max={60} suffix={t('reservation:slack.day')} />
      </Form.Item>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}

function Refuse({ order, days, onClose, onDone }: DialogProps & { days: number }) {
  const { t } = useTranslation()
  const message = useMessage()
  return (
    <FormDialog<{ note: string }>
      title={t('reservation:slack.no_title', { days })}
      draftKey={null}
      width={440}
      submitLabel={t('reservation:slack.no')}
      initial={{ note: '' }}
      onSubmit={async values => {
        await post(`/orders/${order.id}/slack/answer`, { yes: false, note: values.note })
        await onDone()
        void message.success(t('reservation:slack.no_done'))
        onClose()
      }}
      onClose={onClose}
    >
      <Form.Item name="note" label={t('reservation:slack.note')} rules={[requiredRule(t)]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
