/** The pattern of order numbers, `SO{yyyy}{000000}` (INT-10). */

/** The first number a pattern gives in the year of a day; `null` where the server would not take it. */
export function exampleNumber(pattern: string, day: string): string | null {
  const [year = '', month = '', date = ''] = day.split('-')
  const places: Record<string, string> = { yyyy: year, yy: year.slice(2), mm: month, dd: date }
  let counters = 0
  let wrong = pattern.length === 0 || pattern.length > 40
  const text = pattern.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    if (/^0+$/.test(name)) {
      counters += 1
      return '1'.padStart(name.length, '0')
    }
    wrong ||= places[name] === undefined
    return places[name] ?? ''
  })
  return wrong || counters !== 1 || !/^[A-Za-z0-9._/-]+$/.test(text) ? null : text
}
