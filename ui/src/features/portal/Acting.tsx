/** For whom a person of an agent orders: chosen at the head of the portal, and said again where that ended (PTY-06). */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { EmptyState } from '@/components/EmptyState'
import { usePost } from '@/lib/step'
import { applySession, SESSION } from './queries'
import type { PortalSession } from './types'

function useChoose(onDone?: () => void) {
  const client = useQueryClient()
  return usePost<string, PortalSession>('/portal/session/customer', {
    body: customer => ({ customer_id: customer }),
    onDone: session => {
      applySession(session)
      // Everything that is held was another customer's.
      client.removeQueries({ queryKey: ['portal'], predicate: query => query.queryKey[1] !== SESSION[1] })
      client.setQueryData(SESSION, session)
      onDone?.()
    },
  })
}

/** Chooses for whom one orders; the server says so where something for another customer is still in the cart. */
export default function ActingSwitch({ session }: { session: PortalSession }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choose = useChoose(() => void navigate('/portal'))
  const options = [
    { value: session.own.id, label: t('portal:acting.own', { name: session.own.name }) },
    ...session.acts_for.map(one => ({ value: one.id, label: `${one.name} · ${one.code}` })),
  ]
  return (
    <Select
      className="portal-acting"
      size="small"
      aria-label={t('portal:acting.choose')}
      title={t('portal:acting.choose')}
      value={session.customer.id}
      options={options}
      loading={choose.isPending}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={value => choose.mutate(value)}
    />
  )
}

/** Instead of every page, once the customer that was acted for no longer orders through this agent. */
export function ActingEnded({ session }: { session: PortalSession }) {
  const { t } = useTranslation()
  const choose = useChoose()
  return (
    <>
      <h1 className="sr-only">{t('portal:title')}</h1>
      <EmptyState title={t('portal:acting.ended_title')} text={t('portal:acting.ended_text')}>
        <Button type="primary" loading={choose.isPending} onClick={() => choose.mutate(session.own.id)}>
          {t('portal:acting.go_on', { customer: session.own.name })}
        </Button>
      </EmptyState>
    </>
  )
}
