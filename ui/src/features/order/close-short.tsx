import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Order, OrderLine } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useOrderStep, type VerbProps } from './step'

const openLines = (order: Order) => order.lines.filter(line => !isZero(line.open.value))
/** Lines of which something is shipped, or all where nothing is: an order keeps at least one line. */
const first = (lines: OrderLine[]) => lines.filter(line => !isZero(line.shipped.value)).map(line => line.line_no)

/** Gives up what is still open of lines: their stock and credit are free again, and the customer pays for the rest. */
export function CloseShort({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const lines = openLines(order)
  const [chosen, setChosen] = useState<number[]>(() => first(lines))
  const [missing, setMissing] = useState(false)
  const step = useOrderStep<{ lines: number[]; reason: string }>(order, 'close-short', { onDone })
  const held = lines.filter(line => chosen.includes(line.line_no) && !isZero(line.reserved.value))
  return (
    <ReasonDialog
      title={t('order-step:title.close-short', { number: order.number })}
      confirm={t('order:verb.close-short')}
      consequences={[
        t('order-step:consequence.close_short'),
        ...(held.length > 0
          ? [
              t('order-step:consequence.release', {
                count: held.length,
                list: held.map(shownLine).slice(0, 3).join('、'),
              }),
            ]
          : []),
      ]}
      suggestions={[t('order-step:reason.close-short.goods'), t('order-step:reason.close-short.customer')]}
      busy={step.isPending}
      onSubmit={reason => {
        setMissing(chosen.length === 0)
        if (chosen.length > 0) step.mutate({ lines: chosen, reason })
      }}
      onClose={onClose}
    >
      <section className="gap-below" aria-label={t('order:close_short.lines')}>
        <div className="row quick-words gap-below">
          <span className="soft grow">{t('order:close_short.lines')}</span>
          <button type="button" className="chip" onClick={() => setChosen(lines.map(line => line.line_no))}>
            {t('order:close_short.all')}
          </button>
        </div>
        <Checkbox.Group
          className="stack"
          value={chosen}
          onChange={values => setChosen(values)}
          options={lines.map(line => ({
            value: line.line_no,
            label: `${line.line_no} ${line.name} · ${t('order:close_short.open', { quantity: formatQuantity(line.open) })}`,
          }))}
        />
        {missing && (
          <p role="alert" className="ink-late">
            {t('order:close_short.none')}
          </p>
        )}
      </section>
    </ReasonDialog>
  )
}

const shownLine = (line: OrderLine) => `${line.name} ${formatQuantity(line.reserved)}`
