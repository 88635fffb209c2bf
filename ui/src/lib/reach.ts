/** The link that calls or writes to somebody; none where the server masked the phone or e-mail for who may not see it. */
export function reach(scheme: 'tel' | 'mailto', at: string): string | undefined {
  return at === '' || at.includes('***') ? undefined : `${scheme}:${at}`
}
