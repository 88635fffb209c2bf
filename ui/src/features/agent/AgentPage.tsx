/** An agent: its terms, the customers that order through it, and the commission statement of a month (PTY-06). */
import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Popconfirm } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import { formatRate } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { type Agent, thisMonth, useAgent, useRefreshAgents } from './queries'
import { Statement } from './Statement'

const AgentForm = lazy(() => import('./AgentForm'))
const AssignForm = lazy(() => import('./AssignForm'))

export function AgentPage() {
  const { id = '' } = useParams()
  const [url] = useUrlState()
  const found = useAgent(id, url.month ?? thisMonth())
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content agent={found.data} />
}

function Content({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const mayEdit = useCan('agent.edit')
  const [editing, setEditing] = useState(false)
  useShortcuts(mayEdit ? [{ keys: 'e', label: 'common:edit', run: () => setEditing(true) }] : [])
  return (
    <div className="page">
      <PageHead
        title={agent.customer.name}
        tags={
          <>
            <Link className="soft" to={`/customers/${agent.id}`}>
              {agent.customer.code}
            </Link>
            <InactiveTag active={agent.active} />
          </>
        }
      >
        {mayEdit && (
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('common:edit')}
          </Button>
        )}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          <Card title={t('agent:terms')}>
            <Facts
              items={[
                { label: t('agent:field.commission_rate'), value: formatRate(agent.commission_rate) },
                { label: t('agent:field.basis'), value: t(`agent:basis.${agent.basis}`) },
                { label: t('agent:field.created_at'), value: <When instant={agent.created_at} exact /> },
                {
                  label: t('agent:field.notes'),
                  value: agent.notes && <span className="pre">{agent.notes}</span>,
                  wide: true,
                },
              ]}
            />
          </Card>
          <EndCustomers agent={agent} mayEdit={mayEdit} />
        </div>
        <div className="main-column">
          <Statement agent={agent} />
        </div>
      </div>
      <Suspense fallback={null}>{editing && <AgentForm agent={agent} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  )
}

function EndCustomers({ agent, mayEdit }: { agent: Agent; mayEdit: boolean }) {
  const { t } = useTranslation()
  const refresh = useRefreshAgents()
  const [assigning, setAssigning] = useState(false)
  const release = usePost<string, unknown>(`/agents/${agent.id}/release`, {
    body: customer => ({ customer_id: customer }),
    done: t('agent:released'),
    onDone: refresh,
  })
  return (
    <Card
      title={t('agent:end_customers', { count: agent.customer_count })}
      extra={
        mayEdit && (
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={!agent.active}
            title={agent.active ? undefined : t('agent:inactive_hint')}
            onClick={() => setAssigning(true)}
          >
            {t('agent:assign')}
          </Button>
        )
      }
    >
      {agent.customers.length === 0 && <p className="soft">{t('agent:no_customers')}</p>}
      {agent.customers.map(({ customer, since, active }) => (
        <div key={customer.id} className="row wrap gap-below">
          <span className="grow cut">
            <Link to={`/customers/${customer.id}`}>{customer.name}</Link> <InactiveTag active={active} />
            <br />
            <span className="soft">
              {customer.code} · {t('agent:since', { since })}
            </span>
          </span>
          {mayEdit && (
            <Popconfirm
              title={t('agent:release_consequence', { customer: customer.name })}
              icon={null}
              okText={t('agent:release')}
              cancelText={t('common:back')}
              onConfirm={() => release.mutate(customer.id)}
            >
              <Button size="small" loading={release.isPending && release.variables === customer.id}>
                {t('agent:release')}
              </Button>
            </Popconfirm>
          )}
        </div>
      ))}
      {agent.customer_count > agent.customers.length && (
        <p className="soft">{t('agent:more_customers', { count: agent.customer_count - agent.customers.length })}</p>
      )}
      <Suspense fallback={null}>
        {assigning && <AssignForm agent={agent} onClose={() => setAssigning(false)} />}
      </Suspense>
    </Card>
  )
}
