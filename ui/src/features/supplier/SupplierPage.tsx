/** A supplier: how it delivers, and what it supplies (PUR-01). */
import { EditOutlined, ShoppingCartOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LinkButton } from '@/components/LinkButton'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { isZero } from '@/lib/decimal'
import { formatRate } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { Products } from './Products'
import { type Supplier, useSupplier } from './queries'

export function SupplierPage() {
  const { id = '' } = useParams()
  const found = useSupplier(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content supplier={found.data} />
}

function Content({ supplier }: { supplier: Supplier }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('supplier.edit')
  const mayBuy = useCan('purchase.create') && supplier.active
  const maySee = useCan('purchase.view')
  const edit = `/suppliers/${supplier.id}/edit`
  useShortcuts(mayEdit ? [{ keys: 'e', label: 'common:edit', run: () => void navigate(edit) }] : [])
  return (
    <div className="page">
      <PageHead
        title={supplier.name}
        tags={
          <>
            <span className="soft">{supplier.code}</span>
            <InactiveTag active={supplier.active} />
          </>
        }
      >
        {mayBuy && (
          <LinkButton to={`/purchases/new?supplier=${supplier.id}`} icon={<ShoppingCartOutlined />}>
            {t('supplier:new_purchase')}
          </LinkButton>
        )}
        {maySee && (
          <LinkButton to={`/purchases?view=open&supplier=${supplier.id}`}>{t('supplier:open_purchases')}</LinkButton>
        )}
        {mayEdit && (
          <LinkButton to={edit} icon={<EditOutlined />}>
            {t('common:edit')}
          </LinkButton>
        )}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          <About supplier={supplier} />
        </div>
        <div className="main-column">
          <Products supplier={supplier} />
        </div>
      </div>
    </div>
  )
}

function About({ supplier }: { supplier: Supplier }) {
  const { t } = useTranslation()
  const days = (count: number) => t('supplier:days', { count })
  const share = (rate: string) => !isZero(rate) && formatRate(rate)
  return (
    <Card title={t('supplier:about')}>
      <Facts
        items={[
          { label: t('supplier:field.contact'), value: supplier.contact },
          {
            label: t('supplier:field.phone'),
            value: supplier.phone && <a href={`tel:${supplier.phone}`}>{supplier.phone}</a>,
          },
          {
            label: t('supplier:field.email'),
            value: supplier.email && <a href={`mailto:${supplier.email}`}>{supplier.email}</a>,
          },
          { label: t('supplier:field.address'), value: supplier.address },
          { label: t('supplier:field.currency'), value: supplier.currency },
          { label: t('supplier:field.terms_days'), value: days(supplier.terms_days) },
          { label: t('supplier:field.lead_days'), value: days(supplier.lead_days) },
          { label: t('supplier:field.calendar'), value: supplier.calendar || t('supplier:any_day') },
          { label: t('supplier:field.over_tolerance'), value: share(supplier.over_tolerance) },
          { label: t('supplier:field.under_tolerance'), value: share(supplier.under_tolerance) },
          {
            label: t('supplier:field.notes'),
            value: supplier.notes && <span className="pre">{supplier.notes}</span>,
            wide: true,
          },
        ].filter(fact => fact.value)}
      />
    </Card>
  )
}
