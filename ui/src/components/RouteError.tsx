import { QuestionCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import { EmptyState } from './EmptyState'
import { ErrorState } from './ErrorState'

export function RouteError() {
  const error = useRouteError()
  return <ErrorState error={error} onRetry={() => window.location.reload()} />
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<QuestionCircleOutlined />} title={t('common:not_found.title')} text={t('common:not_found.text')}>
      <Link to="/my-work">{t('common:not_found.back')}</Link>
    </EmptyState>
  )
}
