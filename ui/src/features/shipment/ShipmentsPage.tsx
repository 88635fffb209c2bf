import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec, View } from '@/components/list/spec'
import type { Shipment } from '@/lib/api/types'
import { formatDate } from '@/lib/format'
import { ShipmentTag } from './ShipmentTag'

const views: View[] = [
  { value: 'all', label: 'common:all' },
  ...(['shipped', 'part_accepted', 'delivered', 'cancelled'] as const).map(status => ({
    value: status,
    label: `order:shipment_status.${status}`,
    query: { status },
  })),
]
const filters: Filter[] = [{ kind: 'pick', key: 'customer', label: 'shipment:field.customer', pick: 'customer' }]
const rowKey = (row: Shipment) => row.id

const columns: Column<Shipment>[] = [
  { id: 'number', label: 'shipment:field.number', width: 130, sort: 'number', render: row => row.number },
  { id: 'status', label: 'shipment:field.status', width: 104, render: row => <ShipmentTag status={row.status} /> },
  { id: 'customer', label: 'shipment:field.customer', width: 180, grow: true, render: row => row.customer.name },
  {
    id: 'order',
    label: 'shipment:field.order',
    width: 130,
    render: row => <Link to={`/orders/${row.order.id}`}>{row.order.number}</Link>,
  },
  {
    id: 'shipped_on',
    label: 'order:shipment.shipped_on',
    width: 116,
    sort: 'shipped_on',
    render: row => formatDate(row.shipped_on),
  },
  { id: 'carrier', label: 'order:shipment.carrier', width: 120, render: row => row.carrier || '–' },
  { id: 'tracking', label: 'order:shipment.tracking', width: 140, render: row => row.tracking || '–' },
  {
    id: 'delivered_on',
    label: 'order:shipment.delivered_on',
    width: 116,
    render: row => formatDate(row.delivered_on),
  },
  { id: 'signer', label: 'order:shipment.signer', width: 90, render: row => row.signer || '–' },
]

function card(row: Shipment) {
  return (
    <span className="list-lines">
      <span className="row">
        <span className="strong cut grow">{row.customer.name}</span>
        <ShipmentTag status={row.status} />
      </span>
      <span className="row soft">
        <span className="cut grow">
          {row.number} · {row.order.number}
        </span>
        {formatDate(row.shipped_on)}
      </span>
      <span className="soft cut">{[row.carrier, row.tracking].filter(Boolean).join(' ')}</span>
    </span>
  )
}

function specOf(t: TFunction): ListSpec<Shipment> {
  return {
    noun: 'shipments',
    path: '/shipments',
    title: 'nav:shipments',
    rowKey,
    rowHref: row => `/shipments/${row.id}`,
    rowName: row => row.number,
    columns,
    filters,
    views,
    defaultSort: '-created_at',
    searchHint: 'shipment:search_hint',
    card,
    empty: { title: t('shipment:empty.title'), text: t('shipment:empty.text') },
  }
}

/** Every delivery note; a row opens it. */
export function ShipmentsPage() {
  const { t } = useTranslation()
  const spec = useMemo(() => specOf(t), [t])
  return <ListPage spec={spec} />
}
