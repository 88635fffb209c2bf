import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePost } from '@/lib/step'
import { useRefresh } from './queries'
import type { PortalOrder, PortalOrderState } from './types'

/** What the customer is asked about an order, which rests until it is answered. */
export default function Questions({ order }: { order: PortalOrder }) {
  return order.questions
    .filter(question => !question.answer)
    .map(question => <Question key={question.no} order={order} question={question} />)
}

function Question({ order, question }: { order: PortalOrder; question: PortalOrder['questions'][number] }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [answer, setAnswer] = useState('')
  const send = usePost<{ no: number; answer: string }, PortalOrderState>(`/portal/orders/${order.id}/answer`, {
    done: t('portal:question.done'),
    onDone: refresh,
  })
  const submit = () => answer.trim() && send.mutate({ no: question.no, answer })
  return (
    <Alert
      type="warning"
      showIcon
      title={`${t('portal:question.title')}：${question.question}`}
      description={
        <span className="row wrap">
          <Input
            className="grow"
            value={answer}
            maxLength={500}
            aria-label={`${t('portal:question.answer')}：${question.question}`}
            onChange={event => setAnswer(event.target.value)}
            onPressEnter={submit}
          />
          <Button type="primary" loading={send.isPending} onClick={submit}>
            {t('portal:question.send')}
          </Button>
          <span className="soft">{t('portal:question.hint')}</span>
        </span>
      }
    />
  )
}
