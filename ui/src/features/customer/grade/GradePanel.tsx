/** The grade of a customer: where it comes from, what the rule says and why, and what waits for approval (PTY-02). */
import { CalculatorOutlined, EditOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import { get } from '@/lib/api/client'
import type { Customer, CustomerGrade } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { Decide } from './Decide'
import { GradeReasons } from './Reasons'

const ProposeForm = lazy(() => import('./ProposeForm'))

export default function GradePanel({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['customers', 'grade', customer.id, customer.version],
    queryFn: () => get<CustomerGrade>(`/customers/${customer.id}/grade`),
  })
  return (
    <Card title={t('grade:title')} extra={found.data && !customer.merged_into && <Actions row={found.data} />}>
      {found.isPending && <PageSkeleton lines={3} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Content row={found.data} />}
    </Card>
  )
}

function Actions({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayGrade = useCan('customer.grade')
  const mayPropose = useCan('customer.edit')
  const [open, setOpen] = useState(false)
  const again = () => void client.invalidateQueries({ queryKey: ['customers'] })
  const path = `/customers/${row.customer.id}/grade`
  const recompute = usePost<object, unknown>(`${path}/recompute`, { done: t('grade:done_recompute'), onDone: again })
  const apply = usePost<object, unknown>(`${path}/apply`, {
    version: () => row.version,
    done: t('grade:done_apply'),
    onDone: again,
  })
  const differs = row.rule_grade !== null && (row.rule_grade !== row.grade || row.source !== 'rule')
  return (
    <span className="row">
      {mayGrade && (
        <Button
          size="small"
          icon={<CalculatorOutlined />}
          loading={recompute.isPending}
          onClick={() => recompute.mutate({})}
        >
          {t('grade:recompute')}
        </Button>
      )}
      {mayGrade && differs && !row.outdated && (
        <Button size="small" loading={apply.isPending} onClick={() => apply.mutate({})}>
          {t('grade:apply_this', { grade: row.rule_grade })}
        </Button>
      )}
      {mayPropose && !row.proposal && (
        <Button size="small" icon={<EditOutlined />} onClick={() => setOpen(true)}>
          {t('grade:propose')}
        </Button>
      )}
      {open && (
        <Suspense fallback={null}>
          <ProposeForm row={row} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  )
}

function Content({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  return (
    <>
      {row.proposal && (
        <Alert
          type="info"
          showIcon
          title={t('grade:pending', { name: row.proposal.by.name, from: row.grade, to: row.proposal.grade })}
          description={row.proposal.reason}
          action={<Decide row={row} />}
        />
      )}
      {row.outdated && <p className="ink-risk">{t('grade:outdated')}</p>}
      <Facts
        items={[
          {
            label: t('grade:field.grade'),
            value: (
              <>
                <span className="strong">{row.grade}</span> <WordTag>{t(`grade:source.${row.source}`)}</WordTag>
              </>
            ),
          },
          { label: t('grade:field.rule_grade'), value: row.rule_grade ?? t('grade:not_computed') },
          {
            label: t('grade:field.set_by'),
            value: row.set_by && (
              <>
                {row.set_by.name} <When instant={row.set_at ?? ''} exact />
              </>
            ),
          },
          { label: t('grade:field.reason'), value: row.reason },
          ...(row.computed_at
            ? [
                { label: t('grade:conditions.turnover'), value: formatMoney(row.turnover) },
                { label: t('grade:field.late'), value: `${row.late_invoices} / ${row.due_invoices}` },
                { label: t('grade:field.since'), value: row.since },
                { label: t('grade:field.computed_at'), value: <When instant={row.computed_at} exact /> },
              ]
            : []),
        ]}
      />
      {row.unrated_orders > 0 && <p className="ink-risk">{t('grade:unrated', { count: row.unrated_orders })}</p>}
      {row.reasons.length > 0 && (
        <div className="grade-scroll">
          <GradeReasons row={row} />
        </div>
      )}
    </>
  )
}
