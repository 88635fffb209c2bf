import type { Money } from '@/lib/api/types'
import { formatAmount, formatMoney } from '@/lib/format'

/** An amount; `bare` leaves the currency to the column head. */
export function MoneyText(props: { money: Money | null | undefined; bare?: boolean; strong?: boolean }) {
  return (
    <span className={`mono${props.strong ? ' strong' : ''}`}>
      {props.bare ? formatAmount(props.money) : formatMoney(props.money)}
    </span>
  )
}
