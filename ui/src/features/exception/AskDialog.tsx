import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import ReasonForm from '@/components/ReasonForm'
import type { Order } from '@/lib/api/types'
import { useStep } from './queries'

/** Asks a question; the order rests until it is answered or taken back. */
export default function AskDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation()
  const [customer, setCustomer] = useState(false)
  const step = useStep<{ question: string; for_customer: boolean }>(
    `/orders/${order.id}/ask`,
    t('exception:ask.done'),
    onClose,
  )
  return (
    <ReasonForm
      title={t('exception:ask.title', { number: order.number })}
      confirm={t('exception:ask.verb')}
      label={t('exception:ask.question')}
      consequences={[t('exception:ask.rests'), ...(customer ? [t('exception:ask.told')] : [])]}
      busy={step.isPending}
      onSubmit={question => step.mutate({ question, for_customer: customer })}
      onClose={onClose}
    >
      <Checkbox className="gap-below" checked={customer} onChange={event => setCustomer(event.target.checked)}>
        {t('exception:ask.for_customer')}
      </Checkbox>
    </ReasonForm>
  )
}
