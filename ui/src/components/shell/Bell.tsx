import { BellOutlined } from '@ant-design/icons'
import { Badge, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useUnread } from '@/lib/unread'

/** What one was told and has not read yet. */
export function Bell() {
  const { t } = useTranslation()
  const count = useUnread()
  return (
    <Tooltip title={t('nav:notifications')}>
      <Link to="/notifications" className="icon-button" aria-label={t('nav:notifications_count', { count })}>
        <Badge count={count} size="small" overflowCount={99}>
          <BellOutlined />
        </Badge>
      </Link>
    </Tooltip>
  )
}
