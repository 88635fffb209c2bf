import type { Address, Language } from './api/types'

/** An address in one line: from large to small in Chinese, from small to large elsewhere. */
export function addressLine(address: Address, language: Language): string {
  const { country, province, city, district, street, postal_code } = address
  if (language === 'en') return [street, district, city, province, postal_code, country].filter(Boolean).join(', ')
  const area = [country, province, city === province ? '' : city, district].filter(Boolean).join('')
  return [area + street, postal_code].filter(Boolean).join(' ')
}
