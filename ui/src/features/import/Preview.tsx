import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { Facts } from '@/components/Facts'
import { type LineColumn, LineTable } from '@/components/LineTable'
import type { Import, ImportCounts } from '@/lib/api/types'
import { formatCount, formatMoney } from '@/lib/format'

const NOUNS = ['customers', 'products', 'prices', 'exchange_rates', 'stock', 'orders', 'lines'] as const
type Noun = (typeof NOUNS)[number]
const PAGES: Partial<Record<Noun, string>> = {
  customers: '/customers',
  products: '/products',
  prices: '/prices',
  exchange_rates: '/exchange-rates',
  stock: '/stock',
  orders: '/orders',
}

interface Row extends ImportCounts {
  noun: Noun
}

/** Figures that are not zero stand out. */
function Figure({ count, className = 'strong' }: { count: number; className?: string }) {
  return <span className={count === 0 ? 'soft' : className}>{formatCount(count)}</span>
}

/** What an import comes to: rows by what becomes of them, and the sums of its orders. */
export function Preview({ given }: { given: Import }) {
  const { t } = useTranslation()
  const rows: Row[] = NOUNS.flatMap(noun => {
    const counts = given.counts[noun]
    return counts ? [{ noun, ...counts }] : []
  })
  const done = given.state === 'done'
  const columns: LineColumn<Row>[] = [
    { id: 'noun', label: t('import:count.noun'), main: true, render: row => t(`import:noun.${row.noun}`) },
    { id: 'new', label: t('import:count.new'), end: true, render: row => <Figure count={row.new} /> },
    { id: 'changed', label: t('import:count.changed'), end: true, render: row => <Figure count={row.changed} /> },
    { id: 'same', label: t('import:count.same'), end: true, render: row => <Figure count={row.same} className="" /> },
    {
      id: 'errors',
      label: t('import:count.errors'),
      end: true,
      render: row => <Figure count={row.errors} className="strong ink-late" />,
    },
    ...(done
      ? [
          {
            id: 'open',
            label: t('import:count.open'),
            width: 130,
            render: ({ noun }: Row) => {
              const page = PAGES[noun]
              return page ? <Link to={page}>{t(`import:open.${noun}`)}</Link> : null
            },
          },
        ]
      : []),
  ]
  return (
    <div className="import-preview">
      <Card title={t(done ? 'import:counts.done' : 'import:counts.title')} flush>
        <LineTable label={t('import:counts.title')} columns={columns} rows={rows} rowKey={row => row.noun} />
      </Card>
      <Totals given={given} />
    </div>
  )
}

function Totals({ given }: { given: Import }) {
  const { t } = useTranslation()
  const { totals } = given
  return (
    <Card title={t('import:total.title')}>
      <Facts
        items={[
          { label: t('import:total.rows'), value: formatCount(given.rows) },
          ...(totals
            ? [
                { label: t('import:total.goods'), value: <span className="strong">{formatMoney(totals.goods)}</span> },
                { label: t('import:total.freight'), value: formatMoney(totals.freight) },
                { label: t('import:total.payable'), value: formatMoney(totals.payable) },
                ...(given.mapping?.as === 'history'
                  ? [{ label: t('import:total.unshipped'), value: formatCount(given.unshipped) }]
                  : []),
              ]
            : []),
        ]}
      />
    </Card>
  )
}
