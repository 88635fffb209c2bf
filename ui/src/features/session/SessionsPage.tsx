import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { AdminTabs } from '@/components/AdminTabs'
import { Card } from '@/components/Card'
import { PageHead } from '@/components/PageHead'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { Sessions } from './Sessions'

/** Who is signed in from where. */
export function SessionsPage() {
  const { t } = useTranslation()
  const maySeeAll = useCan('user.view')
  const [url, change] = useUrlState()
  const all = maySeeAll && url.all === 'true'
  return (
    <div className="page">
      <PageHead title={t('nav:users')} />
      <AdminTabs />
      {maySeeAll && (
        <div className="list-tools">
          <Segmented
            aria-label={t('session:title')}
            value={all ? 'all' : 'own'}
            options={[
              { value: 'own', label: t('session:own') },
              { value: 'all', label: t('session:everybody') },
            ]}
            onChange={value => change({ all: value === 'all' ? 'true' : null })}
          />
        </div>
      )}
      <Card flush>
        <Sessions all={all} />
      </Card>
    </div>
  )
}
