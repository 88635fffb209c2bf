import { DisconnectOutlined, LockOutlined, QuestionCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import { useProblemText } from '@/lib/step'
import './components.css'

function kindOf(error: unknown): 'offline' | 'denied' | 'missing' | 'broken' {
  if (!(error instanceof ApiProblem)) return 'broken'
  if (error.status === 0) return 'offline'
  if (error.status === 403) return 'denied'
  if (error.status === 404) return 'missing'
  return 'broken'
}
const ICONS = {
  offline: <DisconnectOutlined />,
  denied: <LockOutlined />,
  missing: <QuestionCircleOutlined />,
  broken: <WarningOutlined />,
}

/** What went wrong and what to do about it. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const kind = kindOf(error)
  return (
    <div className="empty" role="alert">
      <span className="empty-icon" aria-hidden="true">
        {ICONS[kind]}
      </span>
      <h2>{t(`common:error.title.${kind}`)}</h2>
      <p>{kind === 'offline' ? t('common:error.offline') : problemText(error)}</p>
      <p>{t(`common:error.next.${kind}`)}</p>
      {onRetry && <Button onClick={onRetry}>{t('common:retry')}</Button>}
    </div>
  )
}
