import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Order, OrderQuestion } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useOrderSteps } from '../step'

/** What was asked when the order was sent back, and the answers. */
export function Questions({ order }: { order: Order }) {
  const { t } = useTranslation()
  const questions = order.rules.questions.filter(question => !question.holds)
  if (questions.length === 0) return null
  const open = questions.filter(question => !question.answer).length
  return (
    <Card
      title={t('order-step:questions.title')}
      extra={open > 0 && <StateTag tone="risk">{t('order-step:questions.open', { count: open })}</StateTag>}
      flush
    >
      <ol className="steps">
        {questions.map(question => (
          <Question key={question.no} order={order} question={question} />
        ))}
      </ol>
    </Card>
  )
}

function Question({ order, question }: { order: Order; question: OrderQuestion }) {
  const { t } = useTranslation()
  const may = useCan('order.edit')
  const [answer, setAnswer] = useState('')
  const steps = useOrderSteps(order, { onDone: () => setAnswer('') })
  const send = () => answer.trim() && steps.mutate({ verb: 'answer', body: { no: question.no, answer } })
  return (
    <li>
      {question.label && <StateTag tone="going">{question.label}</StateTag>}
      <span className="strong grow">{question.question}</span>
      <span className="soft">
        {question.asked_by.name} {formatInstant(question.asked_at)}
      </span>
      <span className="steps-note">
        {question.answer ? (
          <>
            {question.answer}{' '}
            <span className="soft">
              {question.answered_by?.name} {formatInstant(question.answered_at)}
            </span>
          </>
        ) : (
          may && (
            <span className="row">
              <Input
                value={answer}
                maxLength={500}
                placeholder={t('order-step:questions.answer')}
                aria-label={`${t('order-step:questions.answer')}：${question.question}`}
                onChange={event => setAnswer(event.target.value)}
                onPressEnter={send}
              />
              <Button loading={steps.isPending} onClick={send}>
                {t('order-step:questions.send')}
              </Button>
            </span>
          )
        )}
      </span>
    </li>
  )
}
