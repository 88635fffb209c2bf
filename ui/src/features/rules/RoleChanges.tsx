/** What would become of roles if the rules came into force. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { RoleChange } from './types'

/** Each change in a sentence. */
export function roleSentences(t: TFunction, changes: RoleChange[]): string[] {
  const names = (codes: RoleChange['gained']) => codes.map(code => code.name).join('、')
  return changes.flatMap(({ name, made, renamed, gained, lost }) => {
    if (made) return [t('rules:roles.made', { name, count: gained.length })]
    const parts = [
      renamed && t('rules:roles.renamed', { name }),
      gained.length > 0 && t('rules:roles.gained', { name, permissions: names(gained) }),
      lost.length > 0 && t('rules:roles.lost', { name, permissions: names(lost) }),
    ]
    return parts.filter(part => part !== false)
  })
}

export function RoleChanges({ changes }: { changes: RoleChange[] }) {
  const { t } = useTranslation()
  if (changes.length === 0) return null
  return (
    <ul className="rule-changes">
      {roleSentences(t, changes).map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
