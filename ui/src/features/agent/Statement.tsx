/** What an agent earned in a month, line by line, with its sums; the file has all lines. */
import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { Menu } from '@/components/Menu'
import { PageSkeleton } from '@/components/PageSkeleton'
import { download } from '@/lib/api/client'
import { formatDate, formatMoney, formatRate } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { type Agent, type Commission, otherMonth, thisMonth, useCommissions } from './queries'

function columnsOf(t: TFunction): LineColumn<Commission>[] {
  return [
    {
      id: 'invoice',
      label: t('agent:field.invoice'),
      main: true,
      render: row => (
        <>
          <Link to={`/invoices/${row.invoice.id}`}>{row.invoice.number}</Link>
          {row.payment && (
            <span className="soft">
              {' '}
              · <Link to={`/payments/${row.payment.id}`}>{row.payment.number}</Link>
            </span>
          )}
        </>
      ),
    },
    { id: 'counted_on', label: t('agent:field.counted_on'), render: row => formatDate(row.counted_on) },
    {
      id: 'order',
      label: t('agent:field.order'),
      render: row => <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
    },
    { id: 'customer', label: t('agent:field.end_customer'), render: row => row.customer.name },
    { id: 'net', label: t('agent:field.net'), end: true, render: row => formatMoney(row.net) },
    { id: 'rate', label: t('agent:field.commission_rate'), end: true, render: row => formatRate(row.commission_rate) },
    {
      id: 'commission',
      label: t('agent:field.commission'),
      end: true,
      render: row => <strong>{formatMoney(row.commission)}</strong>,
    },
  ]
}

export function Statement({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const [url] = useUrlState()
  const month = url.month ?? thisMonth()
  const found = useCommissions(agent.id, month)
  const lines = found.data?.items ?? []
  return (
    <Card title={t('agent:statement')} extra={<Tools agent={agent} month={month} />} flush>
      <div className="card-body row wrap" aria-live="polite">
        {agent.totals.length === 0 && <span className="soft">{t('agent:nothing', { month })}</span>}
        {agent.totals.map(total => (
          <span key={total.commission.currency}>
            {t('agent:total', { net: formatMoney(total.net), count: total.lines })}{' '}
            <strong className="mono">{formatMoney(total.commission)}</strong>
          </span>
        ))}
      </div>
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <PageSkeleton />}
      {lines.length > 0 && (
        <LineTable
          label={t('agent:statement')}
          columns={columnsOf(t)}
          rows={lines}
          rowKey={row => `${row.invoice.id}.${row.payment?.id ?? ''}`}
        />
      )}
      {found.data?.next && <p className="card-body soft">{t('agent:more_lines')}</p>}
    </Card>
  )
}

/** Which month, and the file of it. */
function Tools({ agent, month }: { agent: Agent; month: string }) {
  const { t } = useTranslation()
  const [, change] = useUrlState()
  const message = useMessage()
  const problemText = useProblemText()
  const mayExport = useCan('export.run')
  const [busy, setBusy] = useState(false)
  const save = (format: 'xlsx' | 'csv') => {
    setBusy(true)
    const name = `${t('agent:statement')} ${agent.customer.name} ${month}.${format}`
    download(`/agents/${agent.id}/commissions`, { month, format }, name)
      .catch((error: unknown) => void message.error(problemText(error)))
      .finally(() => setBusy(false))
  }
  const go = (by: number) => change({ month: otherMonth(month, by) })
  return (
    <span className="row">
      <Button size="small" icon={<LeftOutlined />} aria-label={t('agent:month_before')} onClick={() => go(-1)} />
      <span className="mono">{month}</span>
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={t('agent:month_after')}
        disabled={month >= thisMonth()}
        onClick={() => go(1)}
      />
      {mayExport && (
        <Menu
          label={t('list:export.label')}
          items={[
            { key: 'xlsx', label: t('list:export.xlsx'), onClick: () => save('xlsx') },
            { key: 'csv', label: t('list:export.csv'), onClick: () => save('csv') },
          ]}
        >
          <Button size="small" icon={<DownloadOutlined />} loading={busy} aria-label={t('list:export.label')} />
        </Menu>
      )}
    </span>
  )
}
