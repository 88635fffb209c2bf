/** Grades by the rule beside those the customers have, with the reasons; taken over one by one, by selection or all (PTY-02). */
import { CalculatorOutlined, CheckOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerTabs } from '@/components/CustomerTabs'
import { ListPage } from '@/components/list/ListPage'
import { type BatchAction, type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import { type CustomerGrade, GRADES } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import { Decide } from './grade/Decide'
import { GradeReasons } from './grade/Reasons'

const views: View[] = [
  { value: 'differs', label: 'grade:view.differs', query: { differs: true } },
  { value: 'proposed', label: 'grade:view.proposed', query: { proposed: true } },
  { value: 'all', label: 'common:all', query: {} },
]
const grades = GRADES.map(value => ({ value, label: value }))
const filters: Filter[] = [
  { kind: 'choice', key: 'grade', label: 'grade:field.grade', options: grades },
  { kind: 'choice', key: 'rule_grade', label: 'grade:field.rule_grade', options: grades },
  {
    kind: 'choice',
    key: 'source',
    label: 'grade:field.source',
    options: optionsOf(['entered', 'rule', 'hand'], code => `grade:source.${code}`),
  },
]
const rowKey = (row: CustomerGrade) => row.customer.id

/** The grade the customer has, and the one the rule says where that differs. */
function Step({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  if (row.rule_grade === null || row.rule_grade === row.grade) return <span>{row.grade}</span>
  return (
    <span className="row">
      <span className="strong">
        {row.grade} → {row.rule_grade}
      </span>
      {row.outdated && <StateTag tone="risk">{t('grade:outdated_short')}</StateTag>}
    </span>
  )
}

function Why({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (row.reasons.length === 0) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`${t('grade:reasons')} ${row.customer.code}`}>
        {t('grade:reasons')}
      </Button>
      {open && (
        <Modal
          open
          title={`${row.customer.name} · ${t('grade:reasons')}`}
          onCancel={() => setOpen(false)}
          footer={null}
          destroyOnHidden
        >
          <div className="grade-scroll">
            <GradeReasons row={row} />
          </div>
        </Modal>
      )}
    </>
  )
}

const columns: Column<CustomerGrade>[] = [
  { id: 'code', label: 'grade:field.code', width: 120, sort: 'code', render: row => row.customer.code },
  {
    id: 'name',
    label: 'grade:field.name',
    width: 240,
    grow: true,
    sort: 'name',
    render: row => <span className="cut">{row.customer.name}</span>,
  },
  { id: 'grade', label: 'grade:field.step', width: 130, render: row => <Step row={row} /> },
  {
    id: 'source',
    label: 'grade:field.source',
    width: 120,
    render: row => <Source row={row} />,
  },
  {
    id: 'turnover',
    label: 'grade:conditions.turnover',
    width: 150,
    end: true,
    sort: 'turnover',
    render: row => formatMoney(row.turnover),
  },
  {
    id: 'late',
    label: 'grade:conditions.late_percent',
    width: 110,
    end: true,
    render: row => (row.late_percent === null ? '–' : `${row.late_percent}%`),
  },
  { id: 'days', label: 'grade:conditions.days_late', width: 110, end: true, render: row => row.days_late ?? '–' },
  { id: 'years', label: 'grade:conditions.years', width: 90, end: true, render: row => row.years },
  {
    id: 'computed_at',
    label: 'grade:field.computed_at',
    width: 120,
    render: row => row.computed_at && <When instant={row.computed_at} />,
  },
  {
    id: 'actions',
    label: 'grade:decision',
    width: 220,
    render: row => (
      <span className="row">
        <Why row={row} />
        <Decide row={row} />
      </span>
    ),
  },
]

function Source({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  return <WordTag>{t(`grade:source.${row.source}`)}</WordTag>
}

export function GradesPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const may = useCan('customer.grade')
  const again = useCallback(() => {
    void client.invalidateQueries({ queryKey: ['customer-grades'] })
    void client.invalidateQueries({ queryKey: ['customers'] })
  }, [client])
  const { mutate: recompute, isPending: computing } = usePost<object, { count: number; differ: number }>(
    '/customers/grades/recompute',
    {
      onDone: told => {
        void message.success(t('grade:recomputed', told))
        again()
      },
    },
  )
  const { mutate: apply, isPending: applying } = usePost<{ customers: string[] }, { count: number }>(
    '/customers/grades/apply',
    {
      onDone: told => {
        void message.success(t('grade:applied', told))
        again()
      },
    },
  )
  const spec = useMemo<ListSpec<CustomerGrade>>(() => {
    const take: BatchAction<CustomerGrade> = {
      id: 'apply',
      label: t('grade:apply'),
      icon: <CheckOutlined />,
      refused: rows => (rows.some(row => row.outdated || row.rule_grade === null) ? t('grade:outdated') : null),
      run: (rows, done) => apply({ customers: rows.map(rowKey) }, { onSuccess: done }),
    }
    const buttons = may && (
      <span className="row">
        <Button loading={applying} onClick={() => apply({ customers: [] })} title={t('grade:apply_all_hint')}>
          {t('grade:apply_all')}
        </Button>
        <Button type="primary" icon={<CalculatorOutlined />} loading={computing} onClick={() => recompute({})}>
          {t('grade:recompute_all')}
        </Button>
      </span>
    )
    return {
      noun: 'customer-grades',
      path: '/customers/grades',
      title: 'nav:customers',
      rowKey,
      rowHref: row => `/customers/${row.customer.id}`,
      rowName: row => row.customer.name,
      columns,
      filters,
      views,
      defaultSort: 'code',
      searchHint: 'customer:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer.name}</span>
            <Step row={row} />
          </span>
          <span className="row soft">
            <span className="grow">{formatMoney(row.turnover)}</span>
            <Source row={row} />
          </span>
          <span className="row wrap">
            <Why row={row} />
            <Decide row={row} />
          </span>
        </span>
      ),
      batch: may ? [take] : undefined,
      above: <CustomerTabs />,
      extra: buttons,
      empty: { title: t('grade:empty.title'), text: t('grade:empty.text') },
    }
  }, [t, may, apply, applying, recompute, computing])
  return <ListPage spec={spec} />
}
