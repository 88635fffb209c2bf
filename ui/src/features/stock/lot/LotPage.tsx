/** The way of a lot: what it was made of, where it came from, what was made of it, and who got it (INV-07). */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LineTable } from '@/components/LineTable'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { Lot, LotStep } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { LastDay } from '../place/LastDay'
import { TraceChart } from './TraceChart'

export function LotPage() {
  const { id = '' } = useParams()
  const query = useQuery({ queryKey: ['lots', 'one', id], queryFn: () => get<Lot>(`/lots/${id}`), enabled: id !== '' })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded lot={query.data} />
}

function hrefOf(step: LotStep): string | null {
  if (step.cause === 'shipment') return `/shipments/${step.paper.id}`
  if (step.cause === 'transfer') return `/stock/transfers/${step.paper.id}`
  if (step.cause === 'stock_count') return `/stock/counts/${step.paper.id}`
  return null
}

function Loaded({ lot }: { lot: Lot }) {
  const { t } = useTranslation()
  return (
    <div className="page">
      <PageHead
        title={lot.code}
        tags={
          <Link className="soft" to={`/products/${lot.product.id}`}>
            {lot.product.name}
          </Link>
        }
      />
      <div className="gap-below">
        <Card title={t('place:lot')}>
          <Facts
            items={[
              { label: t('stock:field.on_hand'), value: formatQuantity(lot.on_hand) },
              { label: t('place:origin'), value: lot.origin || '–' },
              { label: t('place:made_on'), value: lot.made_on ?? '–' },
              { label: t('stock:field.expires_on'), value: <LastDay day={lot.expires_on} /> },
            ]}
          />
        </Card>
      </div>
      <div className="gap-below">
        <Card title={t('place:picture')}>
          <TraceChart lot={lot} />
        </Card>
      </div>
      <Card title={t('place:steps', { count: lot.steps.length })} flush>
        <LineTable
          label={t('place:steps', { count: lot.steps.length })}
          rows={lot.steps.map((step, place) => ({ ...step, place }))}
          rowKey={step => step.place}
          rowClass={step => (step.depth === 0 ? undefined : 'soft')}
          empty={t('place:no_steps')}
          columns={[
            { id: 'at', label: t('stock:field.at'), main: true, render: step => <When instant={step.at} exact /> },
            {
              id: 'lot',
              label: t('stock:field.lot'),
              render: step => (
                <>
                  <Link to={`/stock/lots/${step.lot.id}`}>{step.lot.number}</Link>{' '}
                  <span className="soft">{step.product.name}</span>
                </>
              ),
            },
            { id: 'kind', label: t('stock:field.kind'), render: step => t(`stock:kind.${step.kind}`) },
            { id: 'warehouse', label: t('stock:field.warehouse'), render: step => step.warehouse },
            {
              id: 'paper',
              label: t('stock:field.cause'),
              render: step => {
                const href = hrefOf(step)
                return href ? <Link to={href}>{step.paper.number}</Link> : step.paper.number || '–'
              },
            },
            {
              id: 'customer',
              label: t('place:customer'),
              render: step =>
                step.customer ? <Link to={`/customers/${step.customer.id}`}>{step.customer.name}</Link> : '–',
            },
            { id: 'quantity', label: t('place:quantity'), end: true, render: step => formatQuantity(step.quantity) },
          ]}
        />
      </Card>
    </div>
  )
}
