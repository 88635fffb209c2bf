/** What an order lacks, every way out of it with its day and cost, and what the customer chose (INV-03). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { OrderShortage, ShortageChoice, ShortageLine, ShortageWay } from '@/lib/api/types'
import { formatInstant, formatMoney, formatQuantity } from '@/lib/format'
import './shortage.css'

const ChooseDialog = lazy(() => import('./ChooseDialog'))

export function OrderShortagePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<{ line: ShortageLine; way: ShortageWay } | null>(null)
  const query = useQuery({
    queryKey: ['orders', 'shortage', id],
    queryFn: () => get<OrderShortage>(`/orders/${id}/shortage`),
  })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const page = query.data
  return (
    <div className="page">
      <PageHead title={t('shortage:of', { number: page.order.number || t('shortage:unnumbered') })} />
      <div className="gap-below">
        <Facts
          items={[
            {
              label: t('shortage:field.order'),
              value: <Link to={`/orders/${page.order.id}`}>{page.order.number || t('shortage:unnumbered')}</Link>,
            },
            { label: t('shortage:field.customer'), value: page.customer.name },
            { label: t('shortage:field.promised_on'), value: page.promised_on ?? '–' },
            { label: t('shortage:field.freight'), value: formatMoney(page.freight) },
          ]}
        />
      </div>
      {page.why_not && page.lines.length > 0 && <p className="soft">{page.why_not}</p>}
      {page.lines.length === 0 ? (
        <EmptyState title={t('shortage:line_none')} text={t('shortage:line_none_text')} />
      ) : (
        <div className="shortage-stack">
          {page.lines.map(line => (
            <Line
              key={line.line_no}
              line={line}
              choose={page.may_choose ? way => setChosen({ line, way }) : undefined}
            />
          ))}
        </div>
      )}
      {chosen && (
        <Suspense fallback={null}>
          <ChooseDialog
            page={page}
            line={chosen.line}
            way={chosen.way}
            onClose={() => setChosen(null)}
            onDone={() => {
              setChosen(null)
              void client.invalidateQueries({ queryKey: ['orders'] })
              void client.invalidateQueries({ queryKey: ['promise'] })
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

function Line({ line, choose }: { line: ShortageLine; choose: ((way: ShortageWay) => void) | undefined }) {
  const { t } = useTranslation()
  const title = t('shortage:line', { line: line.line_no, product: line.product.name })
  return (
    <Card title={title} flush>
      <p className="shortage-words">
        {t('shortage:words', {
          ordered: formatQuantity(line.ordered),
          reserved: formatQuantity(line.reserved),
          short: formatQuantity(line.short),
        })}
        {line.wanted_on && ` ${t('shortage:wanted', { day: line.wanted_on })}`}
      </p>
      {line.choices.map(choice => (
        <Chosen key={choice.choice_no} choice={choice} />
      ))}
      {line.ways.length > 0 && (
        <TableBox label={title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('shortage:field.option')}</th>
                <th scope="col">{t('shortage:field.from')}</th>
                <th scope="col" className="num">
                  {t('shortage:field.quantity')}
                </th>
                <th scope="col">{t('shortage:field.on')}</th>
                <th scope="col" className="num">
                  {t('shortage:field.extra_cost')}
                </th>
                <th scope="col">{t('shortage:field.action')}</th>
              </tr>
            </thead>
            <tbody>
              {line.ways.map((way, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the ways of a line have no other name
                <Way key={at} way={way} line={line} choose={choose} />
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </Card>
  )
}

function Way({
  way,
  line,
  choose,
}: {
  way: ShortageWay
  line: ShortageLine
  choose: ((way: ShortageWay) => void) | undefined
}) {
  const { t } = useTranslation()
  const from = way.product?.name ?? way.warehouse?.name ?? way.supplier?.name
  const part = way.open && way.quantity.value !== line.short.value
  return (
    <tr className={way.open ? undefined : 'shortage-shut'}>
      <td className={way.open ? 'shortage-tight strong' : 'shortage-tight'}>
        {t(`shortage:option.${way.option}`)}
        {way.block && <div className="soft">{t(`shortage:block.${way.block}`)}</div>}
      </td>
      <td>{from ?? <span className="soft">–</span>}</td>
      <td className="num">
        {way.open ? formatQuantity(way.quantity) : <span className="soft">–</span>}
        {part && <div className="ink-risk">{t('shortage:part')}</div>}
      </td>
      <td className="shortage-tight">
        {way.on ?? <span className="soft">{way.open ? t('shortage:to_say') : '–'}</span>}
      </td>
      <td className="num">
        {way.extra_cost ? (
          formatMoney(way.extra_cost)
        ) : (
          <span className="soft">{way.open ? t('shortage:not_known') : '–'}</span>
        )}
      </td>
      <td>
        {choose && way.open && (
          <Button
            size="small"
            aria-label={t('shortage:choose_label', { option: t(`shortage:option.${way.option}`) })}
            onClick={() => choose(way)}
          >
            {t('shortage:choose')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Chosen({ choice }: { choice: ShortageChoice }) {
  const { t } = useTranslation()
  const links = [
    ['change_id', '/changes'],
    ['purchase_id', '/purchases'],
    ['transfer_id', '/transfers'],
    ['task_id', '/tasks'],
  ] as const
  return (
    <div className="shortage-chosen">
      <span className="ink-done strong">
        {t('shortage:chosen', { option: t(`shortage:option.${choice.option}`), day: choice.promised_on })}
      </span>
      {choice.compensation !== 'none' && (
        <span>
          {t(`shortage:compensation.${choice.compensation}`)} {formatMoney(choice.compensation_amount)}
        </span>
      )}
      {links.map(
        ([name, path]) =>
          choice[name] && (
            <Link key={name} to={`${path}/${choice[name]}`}>
              {t(`shortage:made.${name}`)}
            </Link>
          ),
      )}
      {choice.note && <span>{choice.note}</span>}
      <span className="soft">{formatInstant(choice.created_at)}</span>
    </div>
  )
}
