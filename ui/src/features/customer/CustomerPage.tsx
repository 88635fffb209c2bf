import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LinkButton } from '@/components/LinkButton'
import { OrderHistory } from '@/components/OrderHistory'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import type { Customer } from '@/lib/api/types'
import { formatRate } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { Addresses } from './Addresses'
import { ActivateCustomer } from './activate'
import { Contacts } from './Contacts'
import { CreditPanel } from './credit/CreditPanel'
import { MergedBanner, MergedFiles, MergeWith } from './merge'
import { PortalUsers } from './PortalUsers'
import { useCustomer } from './queries'
import { UnverifiedTag, VerifiedBy, VerifyCustomer } from './verify'

const GradePanel = lazy(() => import('./grade/GradePanel'))
const Papers = lazy(() => import('./Papers'))

interface Props {
  /** Through whom it orders, and who orders through it. */
  agency: (customer: Customer) => ReactNode
  /** Its own prices. */
  prices: (customer: Customer) => ReactNode
  /** Its statements of account. */
  documents: (customer: Customer) => ReactNode
}

/** Everything about a customer on one screen (PTY-01). */
export function CustomerPage(parts: Props) {
  const { id = '' } = useParams()
  const found = useCustomer(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content customer={found.data} {...parts} />
}

function Content({ customer, prices, documents, agency }: { customer: Customer } & Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('customer.edit') && !customer.merged_into
  const mayOrder = useCan('order.create')
  const maySeePrices = useCan('price.view')
  const maySeeBills = useCan('invoice.view')
  const edit = `/customers/${customer.id}/edit`
  useShortcuts(mayEdit ? [{ keys: 'e', label: 'common:edit', run: () => void navigate(edit) }] : [])
  return (
    <div className="page">
      <PageHead
        title={customer.name}
        tags={
          <>
            <span className="soft">{customer.code}</span>
            <WordTag>
              {t('customer:field.grade')} {customer.grade}
            </WordTag>
            <InactiveTag active={customer.active} />
            <UnverifiedTag customer={customer} />
            {customer.blocked && <StateTag tone="late">{t('customer:credit.blocked')}</StateTag>}
          </>
        }
      >
        <VerifyCustomer customer={customer} />
        <MergeWith customer={customer} />
        {mayEdit && <ActivateCustomer customer={customer} />}
        {mayEdit && (
          <LinkButton to={edit} icon={<EditOutlined />}>
            {t('common:edit')}
          </LinkButton>
        )}
        {mayOrder && customer.active && (
          <LinkButton to={`/orders/new?customer=${customer.id}`} type="primary" icon={<PlusOutlined />}>
            {t('customer:orders.new')}
          </LinkButton>
        )}
      </PageHead>
      <MergedBanner customer={customer} />
      <div className="with-rail">
        <div className="rail">
          <CreditPanel customer={customer} />
          <Suspense fallback={null}>
            <GradePanel customer={customer} />
          </Suspense>
          <Contacts customer={customer} />
          <Addresses addresses={customer.addresses} />
          {agency(customer)}
          <PortalUsers customer={customer.id} />
        </div>
        <div className="main-column">
          <OrderHistory customer={customer.id} />
          <Suspense fallback={null}>
            <Papers customer={customer.id} />
          </Suspense>
          {maySeePrices && prices(customer)}
          {maySeeBills && documents(customer)}
          <Profile customer={customer} />
          <MergedFiles customer={customer.id} />
        </div>
      </div>
    </div>
  )
}

function Profile({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const language = LANGUAGES.find(item => item.code === customer.language)?.name
  return (
    <Card title={t('customer:profile')}>
      <Facts
        items={[
          { label: t('customer:field.short_name'), value: customer.short_name },
          { label: t('customer:field.credit_code'), value: customer.credit_code },
          { label: t('customer:field.channel'), value: t(`order:channel.${customer.channel}`) },
          { label: t('customer:field.category'), value: t(`order:category.${customer.category}`) },
          { label: t('customer:field.settlement'), value: t(`order:settlement.${customer.settlement}`) },
          { label: t('customer:field.terms_days'), value: t('customer:terms.days', { days: customer.terms_days }) },
          { label: t('customer:field.grace_days'), value: t('customer:terms.days', { days: customer.grace_days }) },
          { label: t('customer:field.deposit_rate'), value: formatRate(customer.deposit_rate) },
          {
            label: t('customer:field.tax_inclusive'),
            value: t(customer.tax_inclusive ? 'customer:tax.inclusive' : 'customer:tax.exclusive'),
          },
          { label: t('customer:field.currency'), value: customer.currency },
          { label: t('customer:field.owner'), value: customer.owner?.name },
          { label: t('customer:field.language'), value: language },
          { label: t('customer:verify.by'), value: <VerifiedBy customer={customer} /> },
          { label: t('customer:field.created_at'), value: <When instant={customer.created_at} exact /> },
          { label: t('customer:field.invoice_title'), value: customer.invoice_title || customer.name },
          { label: t('customer:field.invoice_address'), value: customer.invoice_address },
          { label: t('customer:field.bank'), value: customer.bank },
          { label: t('customer:field.bank_account'), value: customer.bank_account },
          {
            label: t('customer:field.notes'),
            value: customer.notes && <span className="pre">{customer.notes}</span>,
            wide: true,
          },
        ]}
      />
    </Card>
  )
}
