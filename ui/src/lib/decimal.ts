/** Exact decimal arithmetic on the API's decimal strings; amounts never pass through a float. */

interface Parts {
  units: bigint
  scale: number
}

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?$/

function parts(text: string): Parts | null {
  const match = PATTERN.exec(text.trim())
  if (!match || (!match[2] && !match[3])) return null
  const fraction = match[3] ?? ''
  const units = BigInt(`${match[2] || '0'}${fraction}`)
  return { units: match[1] === '-' ? -units : units, scale: fraction.length }
}

function show({ units, scale }: Parts): string {
  const negative = units < 0n
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale > 0 ? `.${digits.slice(-scale)}` : ''
  return `${negative ? '-' : ''}${whole}${fraction}`
}

function align(a: Parts, b: Parts): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale)
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale]
}

const ZERO: Parts = { units: 0n, scale: 0 }

export function isDecimal(text: string): boolean {
  return parts(text) !== null
}
export function add(a: string, b: string): string {
  const [x, y, scale] = align(parts(a) ?? ZERO, parts(b) ?? ZERO)
  return show({ units: x + y, scale })
}
export function subtract(a: string, b: string): string {
  const [x, y, scale] = align(parts(a) ?? ZERO, parts(b) ?? ZERO)
  return show({ units: x - y, scale })
}
export function multiply(a: string, b: string): string {
  const x = parts(a) ?? ZERO
  const y = parts(b) ?? ZERO
  return show({ units: x.units * y.units, scale: x.scale + y.scale })
}
/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: string, b: string): number {
  const [x, y] = align(parts(a) ?? ZERO, parts(b) ?? ZERO)
  return x < y ? -1 : x > y ? 1 : 0
}
export function sum(values: string[]): string {
  return values.reduce(add, '0')
}
export function isZero(text: string): boolean {
  return compare(text, '0') === 0
}
export function min(a: string, b: string): string {
  return compare(a, b) <= 0 ? a : b
}
export function max(a: string, b: string): string {
  return compare(a, b) >= 0 ? a : b
}
/** Without zeros at the end of the fraction: `20.400000` is `20.4`. */
export function trim(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
/** `a ÷ b` as a share between 0 and 1 for bars; only for drawing. */
export function share(a: string, b: string): number {
  const whole = Number(b)
  return whole > 0 ? Math.min(1, Math.max(0, Number(a) / whole)) : 0
}

const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/

/**
 * What a person typed as a decimal: full-width digits, separators of thousands, currency signs and spaces are understood.
 * `null` if it is no number, also where a comma parts no thousands: `1,5` may be one and a half, never 15.
 */
export function readDecimal(typed: string): string | null {
  const text = typed
    .replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s'’_]/g, '')
    .replace(/^(¥|￥|\$|€|£|RMB|CNY|NT\$)/i, '')
    .replace(/。/g, '.')
    .replace(/(元|%)$/, '')
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text
  return PATTERN.test(plain) && /\d/.test(plain) ? show(parts(plain) ?? ZERO) : null
}
