/** A quota: what it shares out, and what each order took of it (PRM-06). */
import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ActiveButton, InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { When } from '@/components/When'
import { formatQuantity } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { Scope, TakenBar } from './parts'
import { type Quota, useQuota } from './queries'

const QuotaForm = lazy(() => import('./QuotaForm'))

export function QuotaPage() {
  const { id = '' } = useParams()
  const found = useQuota(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content quota={found.data} />
}

function Content({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  const mayEdit = useCan('quota.edit')
  const [editing, setEditing] = useState(false)
  useShortcuts(mayEdit ? [{ keys: 'e', label: 'common:edit', run: () => setEditing(true) }] : [])
  return (
    <div className="page">
      <PageHead
        title={quota.name}
        tags={
          <>
            <span className="soft">{quota.code}</span>
            <InactiveTag active={quota.active} />
          </>
        }
      >
        {mayEdit && (
          <>
            <ActiveButton
              noun="quotas"
              path={`/quotas/${quota.id}`}
              active={quota.active}
              consequence={t('quota:deactivate_consequence')}
              done={t('quota:saved')}
            />
            <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {t('common:edit')}
            </Button>
          </>
        )}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          <About quota={quota} />
        </div>
        <div className="main-column">
          <Takes quota={quota} />
        </div>
      </div>
      <Suspense fallback={null}>{editing && <QuotaForm quota={quota} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  )
}

function About({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  const label = (name: string) => t(`quota:field.${name}`)
  return (
    <Card title={t('quota:about')}>
      <TakenBar quota={quota} />
      <Facts
        items={[
          {
            label: label('product'),
            value: (
              <Link to={`/products/${quota.product.id}`}>
                {quota.product.code} {quota.product.name}
              </Link>
            ),
          },
          { label: label('scope'), value: <Scope quota={quota} /> },
          { label: label('period'), value: t('quota:period', { from: quota.valid_from, to: quota.valid_to }) },
          { label: label('quantity'), value: formatQuantity(quota.quantity) },
          { label: label('taken'), value: formatQuantity(quota.taken) },
          { label: label('left'), value: formatQuantity(quota.left) },
        ]}
      />
    </Card>
  )
}

function Takes({ quota }: { quota: Quota }) {
  const { t } = useTranslation()
  const { takes } = quota
  const head = (name: string, num = false) => (
    <th scope="col" className={num ? 'num' : undefined}>
      {t(`quota:field.${name}`)}
    </th>
  )
  return (
    <Card title={t('quota:takes')} flush={takes.length > 0}>
      {takes.length === 0 ? (
        <p className="soft">{t('quota:no_takes')}</p>
      ) : (
        <TableBox label={t('quota:takes')}>
          <table className="table">
            <thead>
              <tr>
                {head('order')}
                {head('line', true)}
                {head('status')}
                {head('customer')}
                {head('quantity_taken', true)}
                {head('taken_at')}
              </tr>
            </thead>
            <tbody>
              {takes.map(take => (
                <tr key={`${take.order.id} ${take.line_no}`}>
                  <td>
                    <Link to={`/orders/${take.order.id}`}>{take.order.number}</Link>
                  </td>
                  <td className="num">{take.line_no}</td>
                  <td>
                    <OrderStatusTag status={take.status} />
                  </td>
                  <td>
                    <Link to={`/customers/${take.customer.id}`}>{take.customer.name}</Link>
                  </td>
                  <td className="num">{formatQuantity(take.quantity)}</td>
                  <td>
                    <When instant={take.taken_at} exact />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}
