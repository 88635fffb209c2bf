import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Invoice } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import { useRefreshDocuments } from '@/lib/refresh'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'

const REASONS = ['wrong_title', 'wrong_amount', 'returned'] as const

/** Voids an invoice: what it billed can be billed again, what paid it is on account again. Nothing for who may not. */
export function VoidInvoice({ invoice, small }: { invoice: Invoice; small?: boolean }) {
  const { t } = useTranslation()
  const may = useCan('invoice.void')
  const refresh = useRefreshDocuments()
  const [asked, setAsked] = useState(false)
  const step = usePost<{ reason: string }, unknown>(`/invoices/${invoice.id}/void`, {
    version: () => invoice.version,
    done: t('invoice:voided'),
    onDone: () => {
      setAsked(false)
      refresh()
    },
  })
  if (!may || invoice.status === 'void') return null
  const consequences = [t('invoice:consequence.unbilled', { amount: formatMoney(invoice.gross) })]
  if (!isZero(invoice.paid.amount)) {
    consequences.push(t('invoice:consequence.freed', { amount: formatMoney(invoice.paid) }))
  }
  return (
    <>
      <Button size={small ? 'small' : undefined} danger onClick={() => setAsked(true)}>
        {t('invoice:void')}
      </Button>
      {asked && (
        <ReasonDialog
          title={t('invoice:void_title', { number: invoice.number })}
          confirm={t('invoice:void')}
          consequences={consequences}
          suggestions={REASONS.map(code => t(`invoice:reason.${code}`))}
          danger
          busy={step.isPending}
          onSubmit={reason => step.mutate({ reason })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
