import { Button, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Order, OrderQuestion } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'
import { AnswerButtons } from './AnswerButtons'
import { type OrderException, useExceptionsOf, useStep } from './queries'
import { ExceptionTag, partsOf } from './tags'

const AnswerDialog = lazy(() => import('./AnswerDialog'))
const AskDialog = lazy(() => import('./AskDialog'))
const OpenDialog = lazy(() => import('./OpenDialog'))
const WithdrawDialog = lazy(() => import('./WithdrawDialog'))

type Dialog =
  | { kind: 'answer'; one: OrderException; verb: 'redo' | 'give-up' }
  | { kind: 'withdraw'; question: OrderQuestion }
  | { kind: 'ask' | 'open' }

/** What an effective order waits for beside its usual steps: exceptions downstream, and questions for which it rests (CHG-05). */
export function OrderTroubles({ order }: { order: Order }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const mayAsk = useCan('order.ask')
  const mayOpen = useCan('exception.open')
  const exceptions = useExceptionsOf(order.id).data?.items ?? []
  const questions = order.rules.questions.filter(question => question.holds)
  const effective = order.status === 'effective'
  const close = () => setDialog(null)
  if (exceptions.length + questions.length === 0 && !(effective && (mayAsk || mayOpen))) return null
  const buttons = effective && (
    <span className="row">
      {mayAsk && (
        <Button size="small" onClick={() => setDialog({ kind: 'ask' })}>
          {t('exception:ask.button')}
        </Button>
      )}
      {mayOpen && (
        <Button size="small" onClick={() => setDialog({ kind: 'open' })}>
          {t('exception:open.button')}
        </Button>
      )}
    </span>
  )
  return (
    <>
      <Card title={t('exception:title')} extra={buttons} flush={exceptions.length + questions.length > 0}>
        {exceptions.length + questions.length === 0 ? (
          <p className="soft">{t('exception:none')}</p>
        ) : (
          <ol className="steps">
            {exceptions.map(one => (
              <Exception key={one.id} one={one} onAnswer={verb => setDialog({ kind: 'answer', one, verb })} />
            ))}
            {questions.map(question => (
              <Question
                key={question.no}
                order={order}
                question={question}
                onWithdraw={mayAsk ? () => setDialog({ kind: 'withdraw', question }) : undefined}
              />
            ))}
          </ol>
        )}
      </Card>
      <Suspense fallback={null}>
        {dialog?.kind === 'answer' && <AnswerDialog exception={dialog.one} verb={dialog.verb} onClose={close} />}
        {dialog?.kind === 'withdraw' && <WithdrawDialog order={order} question={dialog.question} onClose={close} />}
        {dialog?.kind === 'ask' && <AskDialog order={order} onClose={close} />}
        {dialog?.kind === 'open' && <OpenDialog order={order} onClose={close} />}
      </Suspense>
    </>
  )
}

function Exception({ one, onAnswer }: { one: OrderException; onAnswer: (verb: 'redo' | 'give-up') => void }) {
  const { t } = useTranslation()
  const may = useCan('exception.answer')
  return (
    <li>
      <ExceptionTag status={one.status} />
      <span className="strong">{t(`exception:kind.${one.kind}`)}</span>
      <span className="grow">{partsOf(one)}</span>
      <span className="soft">
        {one.opened_by.name} {formatInstant(one.opened_at)}
      </span>
      <span className="steps-note row wrap">
        <span className="grow">
          {one.cause}
          {one.shipment && (
            <>
              {' '}
              <Link to={`/shipments/${one.shipment.id}`}>{one.shipment.number}</Link>
            </>
          )}
        </span>
        {one.answer ? (
          <span className="soft">
            {one.takes_back && `${t(`exception:goods.${one.answer.goods}`)} · `}
            {one.answer.reason} · {one.answer.by.name} {formatInstant(one.answer.at)}
          </span>
        ) : (
          <AnswerButtons exception={one} may={may} onAnswer={onAnswer} />
        )}
      </span>
    </li>
  )
}

function Question(props: { order: Order; question: OrderQuestion; onWithdraw?: () => void }) {
  const { order, question, onWithdraw } = props
  const { t } = useTranslation()
  const may = useCan('order.edit')
  const [answer, setAnswer] = useState('')
  const step = useStep<{ no: number; answer: string }>(`/orders/${order.id}/answer`, t('exception:ask.answered'), () =>
    setAnswer(''),
  )
  const send = () => answer.trim() && step.mutate({ no: question.no, answer })
  const state = question.withdrawn_at ? 'withdrawn' : question.answer ? 'answered' : 'open'
  return (
    <li>
      <StateTag tone={state === 'open' ? 'risk' : state === 'answered' ? 'done' : 'idle'}>
        {t(`exception:question.${state}`)}
      </StateTag>
      <span className="strong grow">{question.question}</span>
      {question.for_customer && <span className="soft">{t('exception:question.for_customer')}</span>}
      <span className="soft">
        {question.asked_by.name} {formatInstant(question.asked_at)}
      </span>
      <span className="steps-note">
        {state === 'withdrawn' && <span className="soft">{question.withdraw_reason}</span>}
        {state === 'answered' && (
          <>
            {question.answer}{' '}
            <span className="soft">
              {question.answered_by?.name} {formatInstant(question.answered_at)}
            </span>
          </>
        )}
        {state === 'open' && (
          <span className="row wrap">
            {may && (
              <>
                <Input
                  className="grow"
                  value={answer}
                  maxLength={500}
                  placeholder={t('exception:question.answer')}
                  aria-label={`${t('exception:question.answer')}：${question.question}`}
                  onChange={event => setAnswer(event.target.value)}
                  onPressEnter={send}
                />
                <Button loading={step.isPending} onClick={send}>
                  {t('exception:question.send')}
                </Button>
              </>
            )}
            {onWithdraw && <Button onClick={onWithdraw}>{t('exception:withdraw.verb')}</Button>}
          </span>
        )}
      </span>
    </li>
  )
}
