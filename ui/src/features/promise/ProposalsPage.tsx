import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { PageHead } from '@/components/PageHead'
import { Pick } from '@/components/Pick'
import { TableBox } from '@/components/TableBox'
import { post } from '@/lib/api/client'
import type { PromiseApplied, PromiseProposal, PromiseProposals } from '@/lib/api/types'
import { formatValue } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { PromiseTabs } from './tabs'
import './promise.css'

const GRADES = ['A', 'B', 'C'] as const
const STRATEGIES = ['win', 'gain', 'improve', 'redistribute', 'fill', 'lose', 'skip'] as const
type Strategy = (typeof STRATEGIES)[number]
type Plan = Record<(typeof GRADES)[number], Strategy>

const USUAL: Plan = { A: 'win', B: 'gain', C: 'redistribute' }

/** All open lines promised again by a strategy for each grade: who would be hit, and who would gain, before it is applied (PRM-04). */
export function ProposalsPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const [plan, setPlan] = useState<Plan>(USUAL)
  const problemText = useProblemText()
  const client = useQueryClient()
  const message = useMessage()
  const mayApply = useCan('promise.apply')
  const [done, setDone] = useState<{ orders: number; left: number } | null>(null)
  const body = () => ({
    product_id: url.product ?? null,
    segments: GRADES.map(grade => ({
      code: grade,
      grades: [grade],
      strategy: plan[grade],
      order: ['wanted', 'ordered'],
    })),
  })
  const asked = useMutation({ mutationFn: () => post<PromiseProposals>('/promise/propose', body()) })
  // Five hundred orders at once, until none is left.
  const applied = useMutation({
    mutationFn: async () => {
      let orders = 0
      for (;;) {
        const step = await post<PromiseApplied>('/promise/apply', body())
        orders += step.orders
        setDone({ orders, left: step.left })
        if (step.left === 0 || step.orders === 0) return orders
      }
    },
    onSuccess: count => {
      void client.invalidateQueries({ queryKey: ['promise'] })
      void client.invalidateQueries({ queryKey: ['orders'] })
      void message.success(t('promise:proposal.applied', { count }))
      asked.reset()
    },
  })
  const changes = (asked.data?.better ?? 0) + (asked.data?.worse ?? 0) > 0
  const ask = (event: FormEvent) => {
    event.preventDefault()
    asked.mutate()
  }
  return (
    <div className="page">
      <PageHead title={t('nav:promise')} />
      <PromiseTabs />
      <form className="promise-tools" onSubmit={ask}>
        <span className="promise-product">
          <Pick
            kind="product"
            label={t('promise:product')}
            placeholder={t('promise:proposal.all_products')}
            value={url.product ?? null}
            onChange={id => change({ product: id })}
          />
        </span>
        {GRADES.map(grade => (
          <Select
            key={grade}
            aria-label={t('promise:proposal.grade', { grade })}
            prefix={t('promise:proposal.grade', { grade })}
            value={plan[grade]}
            popupMatchSelectWidth={false}
            onChange={strategy => setPlan({ ...plan, [grade]: strategy })}
            options={STRATEGIES.map(value => ({ value, label: t(`promise:strategy.${value}`) }))}
          />
        ))}
        <Button type={changes ? 'default' : 'primary'} htmlType="submit" loading={asked.isPending}>
          {t('promise:what_if.ask')}
        </Button>
        {mayApply && changes && (
          <Popconfirm
            title={t('promise:proposal.apply_ask')}
            okText={t('promise:proposal.apply')}
            onConfirm={() => applied.mutate()}
          >
            <Button type="primary" loading={applied.isPending}>
              {t('promise:proposal.apply')}
            </Button>
          </Popconfirm>
        )}
      </form>
      <div aria-live="polite">
        {asked.isError && <p className="ink-late">{problemText(asked.error)}</p>}
        {applied.isError && <p className="ink-late">{problemText(applied.error)}</p>}
        {applied.isPending && done && <p>{t('promise:proposal.progress', done)}</p>}
        {asked.data ? (
          <Found data={asked.data} />
        ) : (
          <EmptyState title={t('promise:proposal.title')} text={t('promise:proposal.hint')} />
        )}
      </div>
    </div>
  )
}

function Found({ data }: { data: PromiseProposals }) {
  const { t } = useTranslation()
  const { lines, better, worse, exceptions } = data
  return (
    <>
      <p className="promise-summary">{t('promise:proposal.summary', { lines, better, worse, exceptions })}</p>
      {data.proposals.length > 0 && (
        <Card title={t('promise:proposal.title')} flush>
          <TableBox label={t('promise:proposal.title')}>
            <table className="table">
              <thead>
                <tr>
                  {['order', 'customer', 'product', 'strategy', 'needed_on', 'before', 'after', 'shift'].map(name => (
                    <th key={name} scope="col">
                      {t(`promise:proposal.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.proposals.map(one => (
                  <Row key={`${one.order.id} ${one.line_no}`} one={one} />
                ))}
              </tbody>
            </table>
          </TableBox>
        </Card>
      )}
    </>
  )
}

const TONES = { better: 'ink-done', same: 'soft', worse: 'ink-late', mixed: 'ink-risk' } as const

function Row({ one }: { one: PromiseProposal }) {
  const { t } = useTranslation()
  return (
    <tr>
      <td>
        <Link to={`/orders/${one.order.id}`}>
          {one.order.number || t('promise:unnumbered')} / {one.line_no}
        </Link>
      </td>
      <td>{one.customer.name}</td>
      <td>
        <Link to={`/promise?product=${one.product.id}`}>{one.product.name}</Link>
      </td>
      <td>{t(`promise:strategy.${one.strategy}`)}</td>
      <td className="promise-day">{one.needed_on}</td>
      <td>
        <Parts parts={one.before} />
      </td>
      <td>
        <Parts parts={one.after} />
      </td>
      <td>
        <span className={TONES[one.shift]}>{t(`promise:shift.${one.shift}`)}</span>
        {one.exception && <span className="ink-late strong"> {t('promise:proposal.exception')}</span>}
      </td>
    </tr>
  )
}

function Parts({ parts }: { parts: PromiseProposal['before'] }) {
  const { t } = useTranslation()
  if (parts.length === 0) return <span className="soft">{t('promise:proposal.nothing')}</span>
  return (
    <ul className="promise-who">
      {parts.map(part => (
        <li key={part.on} className="promise-day">
          {part.on} · {formatValue(part.quantity)}
        </li>
      ))}
    </ul>
  )
}
