import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import type { Column, Filter, ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { CURRENCIES, type ExchangeRate } from '@/lib/api/types'
import { formatDate } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'
import { DeleteExchangeRate } from './delete'

const ExchangeRateForm = lazy(() => import('./ExchangeRateForm').then(module => ({ default: module.ExchangeRateForm })))

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'currency',
    label: 'exchange-rate:field.currency',
    options: CURRENCIES.map(value => ({ value, label: value })),
  },
  { kind: 'dates', key: 'days', label: 'exchange-rate:field.valid_from', from: 'from', to: 'to' },
]
const rowKey = (row: ExchangeRate) => row.id

function means(t: TFunction, { currency, rate, books }: ExchangeRate): string {
  return t('exchange-rate:means', { currency, rate, books })
}

function columnsOf(t: TFunction, mayEdit: boolean): Column<ExchangeRate>[] {
  const columns: Column<ExchangeRate>[] = [
    {
      id: 'valid_from',
      label: 'exchange-rate:field.valid_from',
      width: 150,
      sort: 'valid_from',
      render: row => formatDate(row.valid_from),
    },
    {
      id: 'currency',
      label: 'exchange-rate:field.currency',
      width: 120,
      sort: 'currency',
      render: row => row.currency,
    },
    {
      id: 'rate',
      label: 'exchange-rate:field.rate',
      width: 160,
      end: true,
      render: row => <span className="strong">{row.rate}</span>,
    },
    {
      id: 'means',
      label: 'exchange-rate:field.means',
      width: 240,
      grow: true,
      render: row => <span className="soft">{means(t, row)}</span>,
    },
  ]
  if (!mayEdit) return columns
  return [
    ...columns,
    {
      id: 'actions',
      label: 'exchange-rate:field.actions',
      width: 72,
      render: row => <DeleteExchangeRate rate={row} />,
    },
  ]
}

/** What foreign currencies are worth, from which day on; a row opens its form over the list. */
export function ExchangeRatesPage() {
  const { t } = useTranslation()
  const mayEdit = useCan('exchange_rate.edit')
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const create = useNewLink('exchange_rate.edit', '/exchange-rates?edit=new', 'exchange-rate:new')
  const close = useCallback(() => change({ edit: null }), [change])
  const spec = useMemo<ListSpec<ExchangeRate>>(
    () => ({
      noun: 'exchange-rates',
      path: '/exchange-rates',
      title: 'nav:exchange_rates',
      rowKey,
      rowHref: row => {
        const params = new URLSearchParams(search)
        if (mayEdit) params.set('edit', row.id)
        return `/exchange-rates?${params}`
      },
      rowName: row => `${row.currency} ${row.valid_from}`,
      columns: columnsOf(t, mayEdit),
      filters,
      defaultSort: '-valid_from',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong grow">{means(t, row)}</span>
          </span>
          <span className="soft">{t('exchange-rate:since', { day: formatDate(row.valid_from) })}</span>
        </span>
      ),
      extra: create,
      empty: { title: t('exchange-rate:empty.title'), text: t('exchange-rate:empty.text'), action: create },
    }),
    [t, create, search, mayEdit],
  )
  return (
    <>
      <ListPage spec={spec} />
      {mayEdit && url.edit && (
        <Suspense fallback={null}>
          <ExchangeRateForm id={url.edit} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
