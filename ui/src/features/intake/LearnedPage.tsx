/** What was learned from corrections of messages; forgotten by who administers the company. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf } from '@/components/list/spec'
import { SettingsTabs } from '@/components/SettingsTabs'
import { When } from '@/components/When'
import { remove } from '@/lib/api/client'
import type { IntakePhrase } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

const KINDS = ['product', 'unit', 'customer'] as const

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'intake:field.kind',
    options: optionsOf(KINDS, kind => `intake:kind.${kind}`),
    many: true,
  },
]

function Forget({ row }: { row: IntakePhrase }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const run = () =>
    remove(`/intake/phrases/${row.id}`, { version: row.version })
      .then(() => message.success(t('intake:forgotten')))
      .catch((error: unknown) => message.error(problemText(error), 6))
      .finally(() => void client.invalidateQueries({ queryKey: ['intake-phrases'] }))
  return (
    <Popconfirm
      title={t('intake:forget_consequence', { said: row.said })}
      icon={null}
      okText={t('intake:forget')}
      okButtonProps={{ danger: true }}
      cancelText={t('common:back')}
      placement="left"
      onConfirm={run}
    >
      <Button type="text" size="small" danger aria-label={t('intake:forget_named', { said: row.said })}>
        {t('intake:forget')}
      </Button>
    </Popconfirm>
  )
}

function Kind({ row }: { row: IntakePhrase }) {
  const { t } = useTranslation()
  return t(`intake:kind.${row.kind}`)
}

function By({ row }: { row: IntakePhrase }) {
  const { t } = useTranslation()
  return row.customer_name ?? <span className="soft">{t('intake:anybody')}</span>
}

const columns: Column<IntakePhrase>[] = [
  { id: 'said', label: 'intake:field.said', width: 200, grow: true, sort: 'phrase', render: row => row.said },
  { id: 'kind', label: 'intake:field.kind', width: 90, render: row => <Kind row={row} /> },
  { id: 'target', label: 'intake:field.target', width: 240, grow: true, render: row => row.target },
  { id: 'customer', label: 'intake:field.customer', width: 180, render: row => <By row={row} /> },
  { id: 'by', label: 'intake:field.by', width: 120, render: row => row.by },
  {
    id: 'created_at',
    label: 'intake:field.created_at',
    width: 140,
    sort: 'created_at',
    render: row => <When instant={row.created_at} />,
  },
  { id: 'actions', label: 'intake:field.actions', width: 90, render: row => <Forget row={row} /> },
]

const rowKey = (row: IntakePhrase) => row.id

export function LearnedPage() {
  const { t } = useTranslation()
  const { search } = useLocation()
  const spec = useMemo<ListSpec<IntakePhrase>>(
    () => ({
      noun: 'intake-phrases',
      path: '/intake/phrases',
      title: 'nav:settings',
      rowKey,
      rowHref: () => `/orders/learned${search}`,
      rowName: row => row.said,
      columns,
      filters,
      defaultSort: '-created_at',
      searchHint: 'intake:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.said}</span>
            <Kind row={row} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.target}</span>
            <Forget row={row} />
          </span>
        </span>
      ),
      above: <SettingsTabs />,
      empty: { title: t('intake:none.title'), text: t('intake:none.text') },
    }),
    [t, search],
  )
  return <ListPage spec={spec} />
}
