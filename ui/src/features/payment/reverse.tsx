import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Payment } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import { useRefreshDocuments } from '@/lib/refresh'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'

const REASONS = ['wrong_amount', 'wrong_order', 'bounced'] as const

/** Takes a payment back that was recorded wrongly; what it paid is open again. Nothing for who may not. */
export function ReversePayment({ payment, small }: { payment: Payment; small?: boolean }) {
  const { t } = useTranslation()
  const may = useCan('payment.reverse')
  const refresh = useRefreshDocuments()
  const [asked, setAsked] = useState(false)
  const step = usePost<{ reason: string }, unknown>(`/payments/${payment.id}/reverse`, {
    version: () => payment.version,
    done: t('payment:reversed'),
    onDone: () => {
      setAsked(false)
      refresh()
    },
  })
  if (!may || payment.reversed) return null
  const consequences = [
    t('payment:consequence.open', { number: payment.order.number, amount: formatMoney(payment.amount) }),
  ]
  if (!isZero(payment.allocated.amount)) {
    consequences.push(t('payment:consequence.invoices', { amount: formatMoney(payment.allocated) }))
  }
  return (
    <>
      <Button size={small ? 'small' : undefined} danger onClick={() => setAsked(true)}>
        {t('payment:reverse')}
      </Button>
      {asked && (
        <ReasonDialog
          title={t('payment:reverse_title', { number: payment.number })}
          confirm={t('payment:reverse')}
          consequences={consequences}
          suggestions={REASONS.map(code => t(`payment:reason.${code}`))}
          danger
          busy={step.isPending}
          onSubmit={reason => step.mutate({ reason })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
