/** Columns, filters and card of the customer list. */
import type { TFunction } from 'i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { ACTIVE_FILTER, type Column, type Filter, optionsOf } from '@/components/list/spec'
import { When } from '@/components/When'
import { CATEGORIES, CHANNELS, type Customer, GRADES } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { UnverifiedTag } from './verify'

export const customerFilters: Filter[] = [
  {
    kind: 'choice',
    key: 'grade',
    label: 'customer:field.grade',
    options: GRADES.map(value => ({ value, label: value })),
  },
  {
    kind: 'choice',
    key: 'channel',
    label: 'customer:field.channel',
    options: optionsOf(CHANNELS, code => `order:channel.${code}`),
  },
  {
    kind: 'choice',
    key: 'category',
    label: 'customer:field.category',
    options: optionsOf(CATEGORIES, code => `order:category.${code}`),
  },
  { kind: 'pick', key: 'owner', label: 'customer:field.owner', pick: 'user' },
  ACTIVE_FILTER,
]

/** The one to ask first. */
export function mainContact(customer: Customer) {
  return customer.contacts?.find(contact => contact.primary) ?? customer.contacts?.[0]
}

function Name({ row }: { row: Customer }) {
  return (
    <span className="row">
      <span className="cut">{row.name}</span>
      <InactiveTag active={row.active} />
      <UnverifiedTag customer={row} />
    </span>
  )
}

export function customerColumns(t: TFunction): Column<Customer>[] {
  return [
    { id: 'code', label: 'customer:field.code', width: 120, sort: 'code', render: row => row.code },
    {
      id: 'name',
      label: 'customer:field.name',
      width: 240,
      grow: true,
      sort: 'name',
      render: row => <Name row={row} />,
    },
    { id: 'grade', label: 'customer:field.grade', width: 84, render: row => row.grade },
    {
      id: 'contact',
      label: 'customer:contact.primary',
      width: 190,
      render: row => {
        const contact = mainContact(row)
        return contact ? (
          <>
            {contact.name} <span className="soft">{contact.phone}</span>
          </>
        ) : (
          <span className="soft">–</span>
        )
      },
    },
    {
      id: 'category',
      label: 'customer:field.category',
      width: 96,
      render: row => t(`order:category.${row.category}`),
    },
    {
      id: 'settlement',
      label: 'customer:field.settlement',
      width: 110,
      render: row => t(`order:settlement.${row.settlement}`),
    },
    {
      id: 'credit_limit',
      label: 'customer:field.credit_limit',
      width: 140,
      end: true,
      render: row => (row.credit_limit ? formatMoney(row.credit_limit) : t('customer:credit.no_limit')),
    },
    { id: 'owner', label: 'customer:field.owner', width: 100, render: row => row.owner?.name ?? '–' },
    {
      id: 'channel',
      label: 'customer:field.channel',
      width: 100,
      optional: true,
      render: row => t(`order:channel.${row.channel}`),
    },
    {
      id: 'credit_code',
      label: 'customer:field.credit_code',
      width: 176,
      optional: true,
      render: row => row.credit_code || '–',
    },
    {
      id: 'created_at',
      label: 'customer:field.created_at',
      width: 120,
      optional: true,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
  ]
}

/** A customer in the list at phone width. */
export function CustomerCard({ row, t }: { row: Customer; t: TFunction }) {
  const contact = mainContact(row)
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.name}</span>
        <InactiveTag active={row.active} />
        <span className="soft">{row.grade}</span>
      </span>
      <span className="row">
        <span className="soft cut grow">
          {row.code} · {t(`order:settlement.${row.settlement}`)}
        </span>
        <span className="mono">{row.credit_limit ? formatMoney(row.credit_limit) : ''}</span>
      </span>
      {contact && (
        <span className="soft cut">
          {contact.name} {contact.phone}
        </span>
      )}
    </span>
  )
}
