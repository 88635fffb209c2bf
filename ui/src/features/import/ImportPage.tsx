import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { PageHead } from '@/components/PageHead'
import { History } from './History'
import { Upload } from './upload'
import './import.css'

/** Where files come in, and what came in before. */
export function ImportPage() {
  const { t } = useTranslation()
  return (
    <div className="page">
      <PageHead title={t('import:title')} />
      <div className="main-column">
        <Upload />
        <Card title={t('import:history.title')} flush>
          <History />
        </Card>
      </div>
    </div>
  )
}
