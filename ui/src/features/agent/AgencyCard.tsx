import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { get } from '@/lib/api/client'
import { formatRate } from '@/lib/format'
import type { Agency, OrderAgency } from './queries'

function Terms({ terms }: { terms: NonNullable<Agency['through']> }) {
  const { t } = useTranslation()
  return (
    <>
      <Link to={`/agents/${terms.agent.id}`}>{terms.agent.name}</Link>
      <br />
      <span className="soft">
        {t('agent:commission_of', { rate: formatRate(terms.commission_rate), basis: t(`agent:basis.${terms.basis}`) })}
      </span>
    </>
  )
}

/** Through whom a customer orders, or that it is an agent; nothing for all others. */
export function AgencyCard({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['agency', 'customer', customer],
    queryFn: () => get<Agency>(`/customers/${customer}/agency`),
  })
  const agency = found.data
  if (!agency || (!agency.through && !agency.own)) return null
  return (
    <Card title={t(agency.own ? 'agent:own_terms' : 'agent:through')}>
      {agency.through && (
        <p>
          <Terms terms={agency.through} />
          {agency.since && <span className="soft"> · {t('agent:since', { since: agency.since })}</span>}
        </p>
      )}
      {agency.own && (
        <p>
          <Terms terms={agency.own} />
          <br />
          <span className="soft">{t('agent:end_customers', { count: agency.customers })}</span>
        </p>
      )}
    </Card>
  )
}

/** The agent an order keeps, with the terms of the day it was submitted. */
export function OrderAgentCard({ order }: { order: string }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['agency', 'order', order],
    queryFn: () => get<OrderAgency>(`/orders/${order}/agent`),
  })
  const kept = found.data?.kept
  if (!kept) return null
  return (
    <Card title={t('agent:through')}>
      <p>
        <Terms terms={kept} />
      </p>
    </Card>
  )
}
