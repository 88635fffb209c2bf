import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/lib/api/types'

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
        <span className="strong">{t('order-step:review.all')}</span>
        <span className="soft"> {t('order-step:review.progress', { done: ticked.length, total: codes.length })}</span>
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
