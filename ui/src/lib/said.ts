/** A line as it was said and is printed: in its further unit where it has one, else in the base unit. */
import type { Money, Quantity, SoldAs } from './api/types'

export function saidOf(line: { quantity: Quantity; unit_price: Money; sold?: SoldAs | null }): {
  quantity: Quantity
  unit_price: Money
  /** The same in the base unit; nothing where it is the base unit. */
  base: Quantity | null
} {
  const { sold, quantity, unit_price } = line
  return sold
    ? { quantity: sold.quantity, unit_price: sold.unit_price, base: quantity }
    : { quantity, unit_price, base: null }
}

/** What was chosen, on one line. */
export const chosenNames = (line: { choices?: { name: string }[] }): string =>
  (line.choices ?? []).map(choice => choice.name).join(' + ')
