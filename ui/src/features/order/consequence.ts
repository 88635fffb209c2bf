/** What a dangerous step will do, in figures. */
import type { TFunction } from 'i18next'
import type { Order } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatMoney, formatQuantity } from '@/lib/format'

/** "释放 5 行预留库存：保温杯 20 个、…"; nothing when nothing is reserved. */
export function releases(t: TFunction, order: Order): string[] {
  const reserved = order.lines.filter(line => !isZero(line.reserved.value))
  if (reserved.length === 0) return []
  const shown = reserved.slice(0, 3).map(line => `${line.name} ${formatQuantity(line.reserved)}`)
  const joined = shown.join('、')
  const list = reserved.length > shown.length ? t('order-step:consequence.more', { list: joined }) : joined
  return [t('order-step:consequence.release', { count: reserved.length, list })]
}

/** The credit an effective order holds and gives back. */
export function freesCredit(t: TFunction, order: Order): string[] {
  return order.status === 'effective'
    ? [t('order-step:consequence.credit', { amount: formatMoney(order.payable) })]
    : []
}
