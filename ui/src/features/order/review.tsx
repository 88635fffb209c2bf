import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/lib/api/types'
import { useOrderStep, type VerbProps } from './step'

/** Which items of the checklist are ticked, and whether that is all of them. */
export function useChecklist(order: Order) {
  const [ticked, setTicked] = useState<string[]>([])
  const codes = order.checklist.map(item => item.code)
  return { ticked, setTicked, codes, complete: codes.every(code => ticked.includes(code)) }
}

/** The checklist itself, each item a line to tick. */
export function Checklist(props: { order: Order; ticked: string[]; onChange: (ticked: string[]) => void }) {
  const { t } = useTranslation()
  const { order, ticked, onChange } = props
  const codes = order.checklist.map(item => item.code)
  return (
    <div className="checklist">
      <Checkbox
        checked={codes.length > 0 && ticked.length === codes.length}
        indeterminate={ticked.length > 0 && ticked.length < codes.length}
        onChange={event => onChange(event.target.checked ? codes : [])}
      >
        <span className="strong">{t('order:review.all')}</span>
        <span className="soft"> {t('order:review.progress', { done: ticked.length, total: codes.length })}</span>
      </Checkbox>
      {order.checklist.map(item => (
        <Checkbox
          key={item.code}
          checked={ticked.includes(item.code)}
          onChange={event =>
            onChange(event.target.checked ? [...ticked, item.code] : ticked.filter(code => code !== item.code))
          }
        >
          {item.text}
        </Checkbox>
      ))}
    </div>
  )
}

/** A second person checks the order item by item. */
export function ReviewOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const { ticked, setTicked, complete } = useChecklist(order)
  const step = useOrderStep<{ checklist: string[] }>(order, 'review', { onDone })
  return (
    <Modal
      open
      title={t('order:title.review', { number: order.number })}
      onCancel={onClose}
      width={480}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          disabled={!complete}
          loading={step.isPending}
          onClick={() => step.mutate({ checklist: ticked })}
        >
          {t('order:review.confirm')}
        </Button>,
      ]}
    >
      <Checklist order={order} ticked={ticked} onChange={setTicked} />
    </Modal>
  )
}
