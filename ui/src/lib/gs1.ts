/**
 * GS1 element strings: what the bars of a carton say beside its GTIN. In brackets as people read them, or as a scanner sends them, with FNC1 (GS,
 * U+001D) after what has no fixed length. Source: GS1 General Specifications, section 7.8.
 */
export interface Gs1 {
  gtin?: string
  lot?: string
  serial?: string
  made_on?: string
  expires_on?: string
  quantity?: string
}

const FIXED: Record<string, number> = { '00': 18, '01': 14, '02': 14, '11': 6, '13': 6, '15': 6, '17': 6, '20': 2 }
const NAMES: Record<string, keyof Gs1> = {
  '01': 'gtin',
  '02': 'gtin',
  '10': 'lot',
  '21': 'serial',
  '11': 'made_on',
  '17': 'expires_on',
  '15': 'expires_on',
  '30': 'quantity',
  '37': 'quantity',
}

/** YYMMDD; day 00 is the last of the month. Years more than 50 ahead belong to the century before. */
function date(text: string, now = new Date()): string | undefined {
  if (!/^\d{6}$/.test(text)) return undefined
  const [year, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)].map(Number) as [number, number, number]
  const century = Math.floor(now.getUTCFullYear() / 100) * 100
  const ahead = year - (now.getUTCFullYear() % 100)
  const full = century + year + (ahead > 50 ? -100 : ahead <= -50 ? 100 : 0)
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day > last) return undefined
  return `${full}-${text.slice(2, 4)}-${String(day || last).padStart(2, '0')}`
}

function put(into: Gs1, identifier: string, value: string): boolean {
  const name = NAMES[identifier]
  if (!name) return FIXED[identifier] !== undefined
  const kept = name === 'made_on' || name === 'expires_on' ? date(value) : value
  if (!kept) return false
  into[name] = name === 'quantity' ? String(Number(kept)) : kept
  return true
}

/** What the bars say; nothing where it is no element string with a GTIN. */
export function readGs1(typed: string): Gs1 | null {
  const found: Gs1 = {}
  if (/^\(\d{2,4}\)/.test(typed)) {
    for (const [, identifier = '', value = ''] of typed.matchAll(/\((\d{2,4})\)([^(]+)/g)) {
      if (!put(found, identifier, value.trim())) return null
    }
    return found.gtin ? found : null
  }
  let rest = typed.replace(/^\](C1|e0|d2|Q3)/, '')
  if (!/^(01|02)\d{14}/.test(rest) || rest.length <= 16) return null
  while (rest) {
    const identifier = rest.slice(0, 2)
    const fixed = FIXED[identifier]
    const end = rest.indexOf('\u001d')
    const value = fixed ? rest.slice(2, 2 + fixed) : rest.slice(2, end < 0 ? undefined : end)
    if (fixed && value.length < fixed) return null
    if (!put(found, identifier, value)) return null
    rest = rest.slice(2 + value.length)
    if (rest.startsWith('\u001d')) rest = rest.slice(1)
  }
  return found.gtin ? found : null
}
