import { useTranslation } from 'react-i18next'

/** How many events, or that the rules say which. */
export function Kinds({ kinds }: { kinds: string[] }) {
  const { t } = useTranslation()
  if (kinds.length === 0) return <span className="soft">{t('notification:kinds.usual')}</span>
  return <span title={kinds.join('\n')}>{t('notification:kinds.count', { count: kinds.length })}</span>
}
