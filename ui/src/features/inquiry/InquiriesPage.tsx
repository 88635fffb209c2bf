import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ClockTag } from '@/components/Clock'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf, type View } from '@/components/list/spec'
import { When } from '@/components/When'
import { CHANNELS, INQUIRY_STATUSES, type InquiryRow } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'
import { InquiryStatusTag, OpenItems } from './tags'

const views: View[] = [
  { value: 'open', label: 'inquiry:view.open', query: { status: 'open,clarified' } },
  { value: 'vague', label: 'inquiry:view.vague', query: { unclear: true } },
  { value: 'answer', label: 'inquiry:view.answer', query: { answer_due: true } },
  { value: 'mine', label: 'inquiry:view.mine', query: { mine: true } },
  { value: 'all', label: 'common:all', query: {} },
]
const filters: Filter[] = [
  { kind: 'pick', key: 'customer', label: 'inquiry:field.customer', pick: 'customer' },
  {
    kind: 'choice',
    key: 'status',
    label: 'inquiry:field.status',
    many: true,
    options: optionsOf(INQUIRY_STATUSES, status => `inquiry:status.${status}`),
  },
  {
    kind: 'choice',
    key: 'channel',
    label: 'inquiry:field.channel',
    options: optionsOf(CHANNELS, channel => `order:channel.${channel}`),
  },
]
const rowKey = (row: InquiryRow) => row.id

/** When an answer is due, as the clock that runs on it. */
function Answer({ row }: { row: InquiryRow }) {
  if (row.clock) return <ClockTag clock={row.clock} />
  return <span className="soft">{row.answered_at ? formatInstant(row.answered_at) : '–'}</span>
}

function columnsOf(t: TFunction): Column<InquiryRow>[] {
  return [
    { id: 'number', label: 'inquiry:field.number', width: 140, sort: 'number', render: row => row.number },
    {
      id: 'customer',
      label: 'inquiry:field.customer',
      width: 170,
      render: row => row.customer_name || row.contact_phone || '–',
    },
    { id: 'said', label: 'inquiry:field.said', width: 240, grow: true, render: row => row.said || '–' },
    { id: 'items', label: 'inquiry:field.items', width: 180, render: row => <OpenItems {...row} /> },
    {
      id: 'status',
      label: 'inquiry:field.status',
      width: 100,
      render: row => <InquiryStatusTag status={row.status} />,
    },
    {
      id: 'answer_by',
      label: 'inquiry:field.answer_by',
      width: 170,
      sort: 'answer_by',
      render: row => <Answer row={row} />,
    },
    { id: 'channel', label: 'inquiry:field.channel', width: 90, render: row => t(`order:channel.${row.channel}`) },
    { id: 'taken_by', label: 'inquiry:field.taken_by', width: 100, optional: true, render: row => row.taken_by.name },
    {
      id: 'received_at',
      label: 'inquiry:field.received_at',
      width: 120,
      sort: 'received_at',
      render: row => <When instant={row.received_at} />,
    },
  ]
}

/** Every inquiry; those that wait for something first. */
export function InquiriesPage() {
  const { t } = useTranslation()
  const mayWrite = useCan('inquiry.create')
  const add = mayWrite && (
    <Link to="/inquiries/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t('inquiry:new')}
      </Button>
    </Link>
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button changes only with the permission
  const spec = useMemo<ListSpec<InquiryRow>>(
    () => ({
      noun: 'inquiries',
      path: '/inquiries',
      title: 'nav:inquiries',
      rowKey,
      rowHref: row => `/inquiries/${row.id}`,
      rowName: row => row.number,
      columns: columnsOf(t),
      filters,
      views,
      defaultSort: '-received_at',
      searchHint: 'inquiry:search_hint',
      extra: add,
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.customer_name || row.contact_phone}</span>
            <InquiryStatusTag status={row.status} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.said || row.number}</span>
            {row.clock && <ClockTag clock={row.clock} />}
          </span>
        </span>
      ),
      empty: { title: t('inquiry:empty.title'), text: t('inquiry:empty.text'), action: add },
    }),
    [t, mayWrite],
  )
  return <ListPage spec={spec} />
}
