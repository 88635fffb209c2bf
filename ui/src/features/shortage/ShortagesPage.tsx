/** Orders whose goods are not all there, the day that is promised first (INV-03). */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { PromiseTabs } from '@/features/promise/tabs'
import { get } from '@/lib/api/client'
import type { ShortageRow } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import './shortage.css'

export function ShortagesPage() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['orders', 'shortages'], queryFn: () => get<ShortageRow[]>('/shortages') })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const open = query.data.filter(row => row.chosen < row.lines).length
  return (
    <div className="page">
      <PageHead title={t('nav:promise')} />
      <div className="gap-below">
        <PromiseTabs />
      </div>
      {query.data.length === 0 ? (
        <EmptyState title={t('shortage:none')} text={t('shortage:none_text')} />
      ) : (
        <Card title={t('shortage:open', { count: open })} flush>
          <TableBox label={t('shortage:title')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('shortage:field.order')}</th>
                  <th scope="col">{t('shortage:field.customer')}</th>
                  <th scope="col">{t('shortage:field.promised_on')}</th>
                  <th scope="col" className="num">
                    {t('shortage:field.lines')}
                  </th>
                  <th scope="col">{t('shortage:field.due_at')}</th>
                  <th scope="col">{t('shortage:field.state')}</th>
                </tr>
              </thead>
              <tbody>
                {query.data.map(row => (
                  <Row key={row.order.id} row={row} />
                ))}
              </tbody>
            </table>
          </TableBox>
        </Card>
      )}
    </div>
  )
}

function Row({ row }: { row: ShortageRow }) {
  const { t } = useTranslation()
  const settled = row.chosen >= row.lines
  const late = !settled && !!row.due_at && new Date(row.due_at).getTime() < Date.now()
  return (
    <tr>
      <td>
        <Link to={`/orders/${row.order.id}/shortage`}>{row.order.number || t('shortage:unnumbered')}</Link>
      </td>
      <td>{row.customer.name}</td>
      <td className="shortage-tight">{row.promised_on ?? <span className="soft">–</span>}</td>
      <td className="num">{row.lines}</td>
      <td className={late ? 'shortage-tight ink-late' : 'shortage-tight'}>
        {row.due_at ? formatInstant(row.due_at) : <span className="soft">–</span>}
      </td>
      <td className={settled ? 'ink-done' : 'ink-risk'}>{t(settled ? 'shortage:settled' : 'shortage:waiting')}</td>
    </tr>
  )
}
