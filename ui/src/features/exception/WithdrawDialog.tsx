import { useTranslation } from 'react-i18next'
import ReasonForm from '@/components/ReasonForm'
import type { Order, OrderQuestion } from '@/lib/api/types'
import { useStep } from './queries'

/** Takes a question back: the order goes on. */
export default function WithdrawDialog(props: { order: Order; question: OrderQuestion; onClose: () => void }) {
  const { t } = useTranslation()
  const { order, question, onClose } = props
  const step = useStep<{ no: number; reason: string }>(
    `/orders/${order.id}/withdraw-question`,
    t('exception:withdraw.done'),
    onClose,
  )
  return (
    <ReasonForm
      title={t('exception:withdraw.title')}
      confirm={t('exception:withdraw.verb')}
      consequences={[question.question]}
      suggestions={[t('exception:withdraw.reason')]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ no: question.no, reason })}
      onClose={onClose}
    />
  )
}
