import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import type { ChangeRow, Order } from '@/lib/api/types'
import { formatInstant, formatMoney } from '@/lib/format'
import { useChangesOfOrder } from './queries'
import { ChangeStatusTag } from './tags'

/** The changes of an order, and the way to a new one. */
export function OrderChanges({ order }: { order: Order }) {
  const { t } = useTranslation()
  const query = useChangesOfOrder(order.id)
  if (query.isPending) return <PageSkeleton lines={3} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const may = order.actions.some(action => action.verb === 'change' && action.allowed)
  const add = may && (
    <Link to={`/orders/${order.id}/change`}>
      <Button size="small" icon={<PlusOutlined />} tabIndex={-1}>
        {t('change:new')}
      </Button>
    </Link>
  )
  const rows = query.data.items
  return (
    <Card title={t('nav:changes')} extra={add} flush={rows.length > 0}>
      {rows.length === 0 ? <p className="soft">{t('change:order_none')}</p> : <Rows rows={rows} />}
    </Card>
  )
}

function Rows({ rows }: { rows: ChangeRow[] }) {
  const { t } = useTranslation()
  return (
    <TableBox label={t('nav:changes')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('change:field.number')}</th>
            <th scope="col">{t('change:field.status')}</th>
            <th scope="col">{t('change:field.kinds')}</th>
            <th scope="col">{t('change:field.reason')}</th>
            <th scope="col">{t('change:field.payable_after')}</th>
            <th scope="col">{t('change:field.created_by')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              <td>
                <Link to={`/changes/${row.id}`}>{row.number}</Link>
              </td>
              <td>
                <ChangeStatusTag status={row.status} />
              </td>
              <td>{row.kinds.join('、')}</td>
              <td>{row.reason}</td>
              <td className="mono">{row.payable_after ? formatMoney(row.payable_after) : '–'}</td>
              <td>
                {row.created_by.name} <span className="soft">{formatInstant(row.created_at)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
