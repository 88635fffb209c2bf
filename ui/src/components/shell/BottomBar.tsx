import { CheckSquareOutlined, FileTextOutlined, ScanOutlined, UserOutlined } from '@ant-design/icons'
import { Badge } from 'antd'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMyWorkCount } from '@/lib/work-count'

/** The four things a thumb reaches on a phone. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  const count = useMyWorkCount()
  return (
    <nav className="bottom-bar" aria-label={t('nav:label')}>
      <NavLink to="/my-work">
        <Badge count={count} size="small">
          <CheckSquareOutlined />
        </Badge>
        <span>{t('nav:my_work')}</span>
      </NavLink>
      <NavLink to="/orders">
        <FileTextOutlined />
        <span>{t('nav:orders_short')}</span>
      </NavLink>
      <button type="button" onClick={onSearch}>
        <ScanOutlined />
        <span>{t('nav:scan')}</span>
      </button>
      <NavLink to="/me">
        <UserOutlined />
        <span>{t('nav:me_short')}</span>
      </NavLink>
    </nav>
  )
}
