import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Payment, Tone } from '@/lib/api/types'
import { compare, isZero } from '@/lib/decimal'

export type PaymentState = 'reversed' | 'allocated' | 'part' | 'account'

/** How much of a payment has found its invoices. */
export function stateOf(payment: Pick<Payment, 'amount' | 'allocated' | 'reversed'>): PaymentState {
  if (payment.reversed) return 'reversed'
  if (isZero(payment.allocated.amount)) return 'account'
  return compare(payment.allocated.amount, payment.amount.amount) < 0 ? 'part' : 'allocated'
}

const TONES: Record<PaymentState, Tone> = { reversed: 'idle', allocated: 'done', part: 'going', account: 'going' }

export function PaymentTag({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const state = stateOf(payment)
  return <StateTag tone={TONES[state]}>{t(`payment:state.${state}`)}</StateTag>
}
