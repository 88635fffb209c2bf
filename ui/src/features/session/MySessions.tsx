import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { Sessions } from './Sessions'

/** Where I am signed in, on my own page. */
export function MySessions() {
  const { t } = useTranslation()
  return (
    <Card title={t('session:mine')} flush>
      <Sessions all={false} />
    </Card>
  )
}
