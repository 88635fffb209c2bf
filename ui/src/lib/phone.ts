/** What is wrong with a phone number as it is typed; the server says the same (`domain/src/phone.rs`). */
export type PhoneMistake = 'mobile' | 'international' | 'phone'

const isMobile = (digits: string) => /^1[3-9]\d{9}$/.test(digits)

function mistakeOfOne(phone: string): PhoneMistake | null {
  const plain = phone.replace(/[转轉#*eExX].*$/, '')
  const digits = plain.replace(/\D/g, '')
  if (plain.trim().startsWith('+')) {
    if (/^861(?!0)/.test(digits)) return isMobile(digits.slice(2)) ? null : 'mobile'
    return digits.length < 7 || digits.length > 15 || digits.startsWith('0') ? 'international' : null
  }
  const whole = plain.trim() === digits && digits.startsWith('1') && digits.length >= 9 && digits.length <= 12
  return whole && !isMobile(digits) ? 'mobile' : null
}

export function phoneMistake(phone: string): PhoneMistake | null {
  if (phone.trim() === '') return null
  if (!/^[\d+\-() .,/*#转轉extEXT]+$/.test(phone) || phone.replace(/\D/g, '').length < 5) return 'phone'
  for (const one of phone.split(/[/,;、，；|\n]/)) {
    const mistake = mistakeOfOne(one)
    if (mistake) return mistake
  }
  return null
}
