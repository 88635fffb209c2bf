import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { Picked } from '@/components/picked'
import { get } from '@/lib/api/client'
import type { Page, Price } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { Buyers } from './Buyers'
import { ActionsCell, FromCell, MinQuantityCell, StateCell, ToCell, UnitPriceCell } from './cells'
import { PriceEditing } from './edit'
import './price.css'

const CreatePrice = lazy(() => import('./create').then(module => ({ default: module.CreatePrice })))

interface Props {
  title: string
  product?: Picked
  customer?: Picked
}

/** The price book of one product, or of one customer. */
export function PriceTable({ title, product, customer }: Props) {
  const { t } = useTranslation()
  const mayEdit = useCan('price.edit')
  const [open, setOpen] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const query = { product: product?.id, customer: customer?.id, limit: 200 }
  const found = useQuery({
    queryKey: ['prices', 'of', query],
    queryFn: () => get<Page<Price>>('/prices', query),
  })
  const columns: LineColumn<Price>[] = [
    product
      ? {
          id: 'customer',
          label: t('price:field.buyers'),
          main: true,
          render: row => <Buyers price={row} link />,
        }
      : {
          id: 'product',
          label: t('price:field.product'),
          main: true,
          render: row => (
            <>
              <Link to={`/products/${row.product.id}`}>{row.product.name}</Link>{' '}
              <span className="soft">{row.product.code}</span>
            </>
          ),
        },
    {
      id: 'min_quantity',
      label: t('price:field.min_quantity'),
      end: true,
      width: 112,
      render: row => <MinQuantityCell price={row} />,
    },
    {
      id: 'unit_price',
      label: t('price:field.unit_price'),
      end: true,
      width: 124,
      render: row => <UnitPriceCell price={row} />,
    },
    { id: 'valid_from', label: t('price:field.valid_from'), width: 128, render: row => <FromCell price={row} /> },
    { id: 'valid_to', label: t('price:field.valid_to'), width: 128, render: row => <ToCell price={row} /> },
    { id: 'state', label: t('price:field.state'), width: 96, render: row => <StateCell price={row} /> },
    { id: 'actions', label: t('price:field.actions'), width: 76, render: row => <ActionsCell price={row} /> },
  ]
  return (
    <Card
      title={title}
      flush
      extra={
        mayEdit && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('price:new')}
          </Button>
        )
      }
    >
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data ? (
        <PriceEditing id={open} onChange={setOpen}>
          <LineTable
            label={title}
            columns={mayEdit ? columns : columns.slice(0, -1)}
            rows={found.data.items}
            rowKey={row => row.id}
            empty={t(product ? 'price:none.product' : 'price:none.customer')}
          />
        </PriceEditing>
      ) : (
        <PageSkeleton lines={4} />
      )}
      {adding && (
        <Suspense fallback={null}>
          <CreatePrice product={product ?? null} customer={customer ?? null} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Card>
  )
}
