import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import type { OrderException } from './queries'

const TONES: Record<OrderException['status'], Tone> = { open: 'late', redone: 'done', given_up: 'idle' }

export function ExceptionTag({ status }: { status: OrderException['status'] }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`exception:status.${status}`)}</StateTag>
}

/** What of the order it is about, in a line. */
export function partsOf(one: OrderException): string {
  return one.lines.map(line => `${line.name} ${formatQuantity(line.quantity)}`).join('、')
}
