/** Barcodes of goods: GTIN-8, -12, -13 and -14 with their check digit; the API keeps them as 14 digits. */

/** What a scanner or a person gave, as bare digits where it is digits at all. */
export function readBarcode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '')
}

/** Whether the digits have a length of the standard and the right check digit. */
export function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false
  const digits = [...code].reverse().map(Number)
  const total = digits.slice(1).reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (total % 10)) % 10 === digits[0]
}

/** The 14 digits as they stand under the bars: without the zeros that only pad. */
export function formatBarcode(gtin: string): string {
  if (!/^\d{14}$/.test(gtin)) return gtin
  if (gtin.startsWith('000000')) return gtin.slice(6)
  if (gtin.startsWith('00')) return gtin.slice(2)
  return gtin.startsWith('0') ? gtin.slice(1) : gtin
}
