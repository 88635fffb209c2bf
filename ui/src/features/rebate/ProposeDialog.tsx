/** To whom a rebate goes: orders that are credited in the order they are ticked, the rest paid to the customer. */
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LineTable } from '@/components/LineTable'
import type { Rebate } from '@/lib/api/types'
import { compare, isZero, subtract } from '@/lib/decimal'
import { formatMoney } from '@/lib/format'

export interface To {
  orders: string[]
  pay_rest: boolean
}

interface Props {
  rebate: Rebate
  busy: boolean
  onSubmit: (to: To) => void
  onClose: () => void
}

/** Orders that take the whole amount between them, the oldest first. */
export function enough(orders: Rebate['open_orders'], amount: string): string[] {
  let left = amount
  const ids: string[] = []
  for (const order of orders) {
    if (compare(left, '0') <= 0) break
    ids.push(order.id)
    left = subtract(left, order.amount?.amount ?? '0')
  }
  return ids
}

/** What no order takes. */
export function rest(orders: Rebate['open_orders'], chosen: string[], amount: string): string {
  let left = amount
  for (const order of orders) if (chosen.includes(order.id)) left = subtract(left, order.amount?.amount ?? '0')
  return compare(left, '0') > 0 ? left : '0'
}

export default function ProposeDialog({ rebate, busy, onSubmit, onClose }: Props) {
  const { t } = useTranslation()
  const amount = rebate.rebate?.amount ?? '0'
  const [chosen, setChosen] = useState(() => enough(rebate.open_orders, amount))
  const [payRest, setPayRest] = useState(() => !isZero(rest(rebate.open_orders, chosen, amount)))
  const left = rest(rebate.open_orders, chosen, amount)
  const short = !isZero(left) && !payRest
  const tick = (id: string) => setChosen(ids => (ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]))
  return (
    <Modal
      open
      width={560}
      title={`${t('rebate:verb.propose')} ${rebate.number}`}
      okText={t('rebate:verb.propose')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: short, loading: busy }}
      onOk={() => onSubmit({ orders: chosen, pay_rest: payRest })}
      onCancel={onClose}
    >
      <p>
        {isZero(amount)
          ? t('rebate:propose.nothing')
          : t('rebate:propose.amount', { amount: formatMoney({ amount, currency: rebate.currency }) })}
      </p>
      {!isZero(amount) && (
        <>
          <LineTable
            label={t('rebate:propose.orders')}
            rows={rebate.open_orders}
            rowKey={order => order.id}
            empty={t('rebate:propose.no_orders')}
            columns={[
              {
                id: 'number',
                label: t('rebate:propose.orders'),
                main: true,
                render: order => (
                  <Checkbox checked={chosen.includes(order.id)} onChange={() => tick(order.id)}>
                    {order.number}
                    {chosen.includes(order.id) && <span className="soft"> · {chosen.indexOf(order.id) + 1}</span>}
                  </Checkbox>
                ),
              },
              {
                id: 'open',
                label: t('rebate:propose.open'),
                end: true,
                width: 160,
                render: order => (order.amount ? formatMoney(order.amount) : ''),
              },
            ]}
          />
          <p>
            <Checkbox checked={payRest} onChange={event => setPayRest(event.target.checked)}>
              {t('rebate:propose.pay_rest')}
            </Checkbox>
          </p>
          <p className={short ? 'late' : 'soft'} role={short ? 'alert' : undefined}>
            {isZero(left)
              ? t('rebate:propose.fits')
              : t(payRest ? 'rebate:propose.paid' : 'rebate:propose.short', {
                  amount: formatMoney({ amount: left, currency: rebate.currency }),
                })}
          </p>
        </>
      )}
    </Modal>
  )
}
