/** One promotion: what it gives on which condition, how often it is used, and what may be done with it now. */
import { CheckOutlined, EditOutlined, StopOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ActionBar, type Verb } from '@/components/ActionBar'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ProductLinks } from '@/components/ProductLinks'
import { ReasonDialog } from '@/components/ReasonDialog'
import { get } from '@/lib/api/client'
import type { Promotion, Saved } from '@/lib/api/types'
import { isZero, trim } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'
import { usePost } from '@/lib/step'
import { PromotionStatusTag, used, useForWhom } from './tags'

const PromotionForm = lazy(() => import('./PromotionForm'))

export function PromotionPage() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['promotions', 'one', id],
    queryFn: () => get<Promotion>(`/promotions/${id}`),
    enabled: id !== '',
  })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded key={query.data.id} promotion={query.data} />
}

function useStep<Given extends object>(promotion: Promotion, verb: 'activate' | 'end', onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => void client.invalidateQueries({ queryKey: ['promotions'] })
  return usePost<Given, Saved>(`/promotions/${promotion.id}/${verb}`, {
    version: () => promotion.version,
    done: t(`promotion:did.${verb}`),
    onDone: () => {
      refresh()
      onDone()
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
}

function Loaded({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'edit' | 'end' | null>(null)
  const close = () => setOpen(null)
  const activate = useStep<object>(promotion, 'activate', close)
  const end = useStep<{ reason: string }>(promotion, 'end', close)
  const verbs: Verb[] = [
    { verb: 'activate', label: t('promotion:verb.activate'), icon: <CheckOutlined />, run: () => activate.mutate({}) },
    { verb: 'edit', label: t('promotion:verb.edit'), icon: <EditOutlined />, run: () => setOpen('edit') },
    { verb: 'end', label: t('promotion:verb.end'), icon: <StopOutlined />, danger: true, run: () => setOpen('end') },
  ]
  return (
    <div className="page">
      <PageHead
        title={promotion.code}
        tags={
          <>
            <PromotionStatusTag status={promotion.status} />
            <span className="soft">{promotion.name}</span>
          </>
        }
      >
        <ActionBar actions={promotion.actions} verbs={verbs} busy={activate.isPending ? 'activate' : null} />
      </PageHead>
      {promotion.status === 'draft' && (
        <Alert type="info" showIcon className="gap-below" title={t('promotion:draft_note')} />
      )}
      {promotion.end_reason && (
        <Alert
          type="info"
          showIcon
          className="gap-below"
          title={t('promotion:ended_note', { why: promotion.end_reason })}
        />
      )}
      <Overview promotion={promotion} />
      {open === 'edit' && (
        <Suspense fallback={null}>
          <PromotionForm promotion={promotion} onClose={close} />
        </Suspense>
      )}
      {open === 'end' && (
        <ReasonDialog
          title={`${t('promotion:verb.end')} ${promotion.code}`}
          confirm={t('promotion:verb.end')}
          consequences={[t('promotion:follows_end', { count: promotion.used })]}
          danger
          busy={end.isPending}
          onSubmit={reason => end.mutate({ reason })}
          onClose={close}
        />
      )}
    </div>
  )
}

function Overview({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation()
  const forWhom = useForWhom()
  const label = (name: string) => t(`promotion:field.${name}`)
  const condition = [
    !isZero(promotion.min_quantity) && t('promotion:from_quantity', { quantity: trim(promotion.min_quantity) }),
    !isZero(promotion.min_goods.amount) && t('promotion:from_goods', { amount: formatMoney(promotion.min_goods) }),
  ].filter(Boolean)
  return (
    <Card title={t('promotion:overview')}>
      <Facts
        items={[
          { label: label('effect'), value: promotion.gives },
          { label: label('period'), value: `${promotion.valid_from} – ${promotion.valid_to}` },
          { label: label('condition'), value: condition.join(' · ') || t('promotion:any') },
          { label: label('for'), value: forWhom(promotion) },
          { label: label('currency'), value: promotion.currency },
          {
            label: label('combinable'),
            value: t(promotion.combinable ? 'promotion:combined' : 'promotion:alone', { priority: promotion.priority }),
          },
          { label: label('used'), value: used(promotion) },
          {
            label: label('limit_customer'),
            value: promotion.limit_customer > 0 ? promotion.limit_customer : t('promotion:any'),
          },
          ...(promotion.effect === 'free_units'
            ? [
                {
                  label: label('most_free'),
                  value: promotion.most_free ? trim(promotion.most_free) : t('promotion:any'),
                },
              ]
            : []),
          {
            label: label('products'),
            wide: true,
            value:
              promotion.products.length === 0 ? (
                t('promotion:all_products')
              ) : (
                <ProductLinks products={promotion.products} />
              ),
          },
        ]}
      />
    </Card>
  )
}
