import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { post } from '@/lib/api/client'
import { errorsByPointer } from '@/lib/api/problem'
import type { Promised, PromiseLookedAt, PromiseTimeline, PromiseWay } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { useProblemText } from '@/lib/step'
import { useReason } from './words'

interface Wish {
  quantity: string
  wanted_on: string | null
  split: boolean
}

/** What could be promised for a quantity and a day; asking changes nothing (PRM-03). */
export function WhatIf({ data }: { data: PromiseTimeline }) {
  const { t } = useTranslation()
  const ids = useId()
  const [quantity, setQuantity] = useState<string | null>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const [split, setSplit] = useState(true)
  const problemText = useProblemText()
  const asked = useMutation({
    mutationFn: (wish: Wish) => {
      const line = { product_id: data.product.id, warehouse_id: data.warehouse.id, alternatives: true, ...wish }
      return post<PromiseLookedAt>('/promise/look', { lines: [line] })
    },
  })
  const errors = errorsByPointer(asked.error)
  const ask = (event: FormEvent) => {
    event.preventDefault()
    asked.mutate({ quantity: quantity ?? '', wanted_on: wanted, split })
  }
  const wrong = (field: string) => errors.get(`/lines/0/${field}`)
  const found = asked.data?.lines[0]
  return (
    <Card title={t('promise:what_if.title')} className="promise-what-if">
      <form onSubmit={ask} className="promise-form">
        <label htmlFor={`${ids}q`}>{t('promise:what_if.quantity')}</label>
        <div>
          <DecimalInput
            id={`${ids}q`}
            value={quantity}
            onChange={setQuantity}
            suffix={data.product.unit}
            {...(wrong('quantity') ? { status: 'error' as const } : {})}
          />
          <Wrong text={wrong('quantity')} />
        </div>
        <label htmlFor={`${ids}d`}>{t('promise:what_if.wanted_on')}</label>
        <div>
          <DateInput id={`${ids}d`} value={wanted} onChange={setWanted} />
          <Wrong text={wrong('wanted_on')} />
        </div>
        <span />
        <Checkbox checked={split} onChange={event => setSplit(event.target.checked)}>
          {t('promise:what_if.split')}
        </Checkbox>
        <span />
        <Button type="primary" htmlType="submit" loading={asked.isPending}>
          {t('promise:what_if.ask')}
        </Button>
      </form>
      <div aria-live="polite">
        {asked.isError && errors.size === 0 && <p className="ink-late">{problemText(asked.error)}</p>}
        {found ? (
          <Answer promise={found.promise} ways={found.alternatives} />
        ) : (
          <p className="soft">{t('promise:what_if.hint')}</p>
        )}
      </div>
    </Card>
  )
}

function Wrong({ text }: { text: string | undefined }) {
  return text ? (
    <p className="ink-late" role="alert">
      {text}
    </p>
  ) : null
}

function Answer({ promise, ways }: { promise: Promised; ways: PromiseWay[] }) {
  const { t } = useTranslation()
  const others = ways.filter(way => way.kind !== 'asked')
  return (
    <>
      <p className={`promise-verdict ${promise.met ? 'ink-done' : 'ink-risk'}`}>
        {t(promise.met ? 'promise:what_if.met' : 'promise:what_if.not_met')}
      </p>
      <Lines promise={promise} />
      <Need promise={promise} />
      {others.length > 0 && (
        <>
          <h3>{t('promise:what_if.others')}</h3>
          <ol className="promise-ways">
            {others.map(way => (
              <li key={`${way.kind} ${way.product.id} ${way.warehouse.id} ${way.split}`}>
                <Way way={way} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}

/** What would have to be there for the wish. */
function Need({ promise }: { promise: Promised }) {
  const { t } = useTranslation()
  const { need } = promise
  if (!need) return null
  const short = Number(need.short.value) > 0
  return (
    <p>
      {short
        ? t('promise:what_if.short', { quantity: formatQuantity(need.short), day: need.ready_by })
        : t('promise:what_if.days_short', { count: need.days_short })}
    </p>
  )
}

function Lines({ promise }: { promise: Promised }) {
  const { t } = useTranslation()
  const reason = useReason()
  return (
    <ul className="promise-lines">
      {promise.lines.map(line => (
        <li key={`${line.promised_on} ${line.ready_on}`}>
          <span className="strong mono">{line.promised_on}</span>
          <span className="strong">{formatQuantity(line.quantity)}</span>
          {line.binding && <span className="soft">{reason(line.binding)}</span>}
        </li>
      ))}
      {promise.open_binding && (
        <li>
          <span className="strong ink-late">{t('promise:what_if.never')}</span>
          <span className="strong">{formatQuantity(promise.open)}</span>
          <span className="soft">{reason(promise.open_binding)}</span>
        </li>
      )}
    </ul>
  )
}

function Way({ way }: { way: PromiseWay }) {
  const { t } = useTranslation()
  const what = way.kind === 'substitute' ? `${way.product.name} · ${way.warehouse.name}` : way.warehouse.name
  const days = way.days_earlier ?? 0
  return (
    <>
      <p>
        <span className="strong">{t(`promise:way.${way.kind}`)}</span> {way.kind !== 'split' && what}
        {way.split && way.kind !== 'split' && <span className="soft"> {t('promise:way.split')}</span>}
        {way.reason !== 'none' && (
          <span className="ink-done"> {t(`promise:reason.${way.reason}`, { count: Math.abs(days) })}</span>
        )}
      </p>
      <Lines promise={way.promise} />
    </>
  )
}
