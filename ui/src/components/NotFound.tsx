import { QuestionCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from './EmptyState'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<QuestionCircleOutlined />} title={t('common:not_found.title')} text={t('common:not_found.text')}>
      <Link to="/my-work">{t('common:not_found.back')}</Link>
    </EmptyState>
  )
}
