import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Invoice, Tone } from '@/lib/api/types'
import { daysUntil } from '@/lib/format'

type Dated = Pick<Invoice, 'status' | 'due_on'>

/** Days an open invoice is past its due date; 0 when it is not. */
export function daysOverdue(invoice: Dated): number {
  if (invoice.status === 'paid' || invoice.status === 'void') return 0
  return Math.max(0, -daysUntil(invoice.due_on))
}

const TONES: Record<Invoice['status'], Tone> = { open: 'going', part_paid: 'going', paid: 'done', void: 'idle' }

export function InvoiceTag({ invoice }: { invoice: Dated }) {
  const { t } = useTranslation()
  const late = daysOverdue(invoice)
  return (
    <span className="row">
      <StateTag tone={late > 0 ? 'late' : TONES[invoice.status]}>
        {late > 0 ? t('invoice:overdue', { days: late }) : t(`order:invoice_status.${invoice.status}`)}
      </StateTag>
    </span>
  )
}

/** The due date, red with the days it has passed. */
export function DueOn({ invoice }: { invoice: Dated }) {
  const { t } = useTranslation()
  const late = daysOverdue(invoice)
  if (late === 0) return <span>{invoice.due_on}</span>
  return (
    <span className="ink-late strong" title={t('invoice:overdue', { days: late })}>
      {invoice.due_on}
    </span>
  )
}
