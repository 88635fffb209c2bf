import { PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'

export type PortalUser = components['schemas']['PortalUser']

const OpenDialog = lazy(() => import('./OpenPortalDialog'))
const ResetDialog = lazy(() => import('./ResetPortalPassword'))

/** Who of a customer may sign in at the portal. */
export function PortalUsers({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayEdit = useCan('portal_user.edit')
  const [opening, setOpening] = useState(false)
  const [resetting, setResetting] = useState<PortalUser | null>(null)
  const key = ['portal-users', customer]
  const found = useQuery({
    queryKey: key,
    queryFn: () => get<{ items: PortalUser[] }>('/portal-users', { customer_id: customer, limit: 200 }),
  })
  const refresh = () => void client.invalidateQueries({ queryKey: key })
  const turn = usePost<PortalUser, unknown>(
    user => `/portal-users/${user.id}/${user.active ? 'deactivate' : 'activate'}`,
    { body: () => ({}), onDone: refresh },
  )
  const users = found.data?.items
  if (!users || (users.length === 0 && !mayEdit)) return null
  return (
    <Card
      title={t('customer:portal.title')}
      extra={
        mayEdit && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpening(true)}>
            {t('customer:portal.add')}
          </Button>
        )
      }
    >
      {users.length === 0 && <p className="soft">{t('customer:portal.none')}</p>}
      {users.map(user => (
        <div key={user.id} className="row wrap gap-below">
          <span className="grow cut">
            <strong>{user.name}</strong> <span className="soft">{user.username}</span>
            <br />
            <span className="soft">
              {user.last_seen_at ? (
                <>
                  {t('customer:portal.seen')} <When instant={user.last_seen_at} />
                </>
              ) : (
                t('customer:portal.never')
              )}
            </span>
          </span>
          {!user.active && <StateTag tone="idle">{t('customer:portal.inactive')}</StateTag>}
          {user.active && user.must_change && <StateTag tone="risk">{t('customer:portal.must_change')}</StateTag>}
          {mayEdit && (
            <span className="row">
              <Button size="small" onClick={() => setResetting(user)}>
                {t('customer:portal.reset')}
              </Button>
              <Button size="small" loading={turn.isPending} onClick={() => turn.mutate(user)}>
                {t(user.active ? 'customer:portal.deactivate' : 'customer:portal.activate')}
              </Button>
            </span>
          )}
        </div>
      ))}
      <Suspense fallback={null}>
        {opening && <OpenDialog customer={customer} onClose={() => setOpening(false)} onDone={refresh} />}
        {resetting && <ResetDialog user={resetting} onClose={() => setResetting(null)} onDone={refresh} />}
      </Suspense>
    </Card>
  )
}
