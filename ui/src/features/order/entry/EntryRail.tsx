/** What is known of the customer while an order is entered: credit with this order, terms, and what they ordered before. */
import { CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { CreditBar } from '@/components/CreditBar'
import type { Credit, Customer } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'
import { useLastOrders } from '../queries'

interface Props {
  customer: Customer | undefined
  credit: Credit | null
  payable: string | undefined
  /** The order being edited, which is no example for itself. */
  except?: string
  onCopyLines: (orderId: string) => void
}

export function EntryRail({ customer, credit, payable, except, onCopyLines }: Props) {
  const { t } = useTranslation()
  const last = useLastOrders(customer?.id ?? '', 6).data?.items.filter(row => row.id !== except) ?? []
  if (!customer) {
    return (
      <Card title={t('order:rail.customer')}>
        <p className="soft" style={{ margin: 0 }}>
          {t('order:entry.choose_customer')}
        </p>
      </Card>
    )
  }
  const shown = credit ?? customer.credit
  return (
    <Card
      title={t('order:rail.customer')}
      extra={<span className="soft">{t('order:grade', { grade: customer.grade })}</span>}
    >
      <div className="rail-stack">
        <div className="soft">
          {customer.code} · {t(`order:settlement.${customer.settlement}`)}
          {customer.terms_days > 0 && ` · ${t('order:entry.terms', { days: customer.terms_days })}`}
        </div>
        {shown && <CreditBar credit={shown} claim={payable} />}
        {customer.notes && <div className="pre">{customer.notes}</div>}
        <div>
          <h3 className="rail-title">{t('order:rail.orders')}</h3>
          {last.length === 0 && <span className="soft">{t('order:entry.first_order')}</span>}
          <ul className="rail-list">
            {last.slice(0, 5).map(row => (
              <li key={row.id} className="row">
                <span className="two grow">
                  <span className="cut">{row.number || t('order:no_number')}</span>
                  <span className="soft mono">
                    {formatDate(row.created_at)} · {formatMoney(row.payable)}
                  </span>
                </span>
                <Button size="small" icon={<CopyOutlined />} onClick={() => onCopyLines(row.id)}>
                  {t('order:entry.copy_lines', { count: row.line_count })}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Card>
  )
}
