/** The unified social credit code of Chinese organisations (GB 32100-2015): 18 characters, the last one a check character. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The code as it is stored: upper case, full-width letters and spaces made plain. */
export function readCreditCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}

/** Whether a stored code has 18 characters of the alphabet and the right check character. */
export function isCreditCode(code: string): boolean {
  if (code.length !== 18) return false
  const values = [...code].map(letter => ALPHABET.indexOf(letter))
  if (values.some(value => value < 0)) return false
  let weight = 1
  let total = 0
  for (const value of values.slice(0, 17)) {
    total += value * weight
    weight = (weight * 3) % 31
  }
  return (31 - (total % 31)) % 31 === values[17]
}
