import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { QuantityGrid } from '@/components/QuantityGrid'
import { get } from '@/lib/api/client'
import { errorsByPointer } from '@/lib/api/problem'
import type { Order, OrderLine, OrderReservedPlace } from '@/lib/api/types'
import { add, compare, isZero, max, min, readDecimal, subtract, trim } from '@/lib/decimal'
import { today } from '@/lib/format'
import { ChosenLots, type Lots, lotsOf, ShipLots, ShipScan } from './ship-lots'
import { useOrderStep, type VerbProps } from './step'

interface Shipping {
  shipped_on: string
  carrier: string
  tracking: string
  note: string
}
interface Part {
  line_no: number
  quantity: string
}
interface Body extends Shipping {
  warehouse_id?: string
  lines: (Part & { lots?: { lot: string; quantity: string }[] })[]
}

const remaining = (line: OrderLine) =>
  max('0', subtract(subtract(line.quantity.value, line.closed_short.value), line.shipped.value))
type There = (line: OrderLine) => string

/** What is there for a line: its reservation and what is free, in the warehouse where it is known which. */
function thereIn(place: OrderReservedPlace | undefined): There {
  return line => {
    const here = place?.lines.find(one => one.line_no === line.line_no)
    if (place) return here ? min(remaining(line), add(here.reserved.value, here.available.value)) : '0'
    return min(remaining(line), add(line.reserved.value, line.available.value))
  }
}

function fill(lines: OrderLine[], covered: There): Record<number, string> {
  return Object.fromEntries(lines.map(line => [line.line_no, trim(covered(line))]))
}

/** The lines with a quantity to ship, and the line numbers whose text is no quantity. */
export function readQuantities(values: Record<number, string>): { lines: Part[]; wrong: Set<number> } {
  const lines: Part[] = []
  const wrong = new Set<number>()
  for (const [key, text] of Object.entries(values)) {
    if (text.trim() === '') continue
    const quantity = readDecimal(text)
    if (quantity === null || compare(quantity, '0') < 0) wrong.add(Number(key))
    else if (!isZero(quantity)) lines.push({ line_no: Number(key), quantity })
  }
  return { lines, wrong }
}

const openLines = (order: Order) => order.lines.filter(line => !isZero(remaining(line)))

/** A delivery note over all or some of what is not yet shipped. */
export function ShipOrder(props: VerbProps) {
  const places = useQuery({
    queryKey: ['orders', 'reservations', props.order.id],
    queryFn: () => get<OrderReservedPlace[]>(`/orders/${props.order.id}/reservations`),
  })
  // Where it is not to be had, the order's own warehouse is shipped from.
  return places.isPending ? null : <Dialog {...props} places={places.data ?? []} />
}

function Dialog({ order, onClose, onDone, places }: VerbProps & { places: OrderReservedPlace[] }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Shipping>()
  const lines = useMemo(() => openLines(order), [order])
  const [from, setFrom] = useState(() => (places.find(place => place.own) ?? places[0])?.warehouse.id)
  const covered = thereIn(places.find(place => place.warehouse.id === from))
  const [values, setValues] = useState(() => fill(lines, covered))
  const [lots, setLots] = useState<Lots>({})
  const [choosing, setChoosing] = useState(false)
  const step = useOrderStep<Body>(order, 'ship', { onDone })
  const read = readQuantities(values)
  const refused = errorsByPointer(step.error)
  const errorOf = (line: OrderLine): string | undefined => {
    if (read.wrong.has(line.line_no)) return t('common:not_number')
    const index = read.lines.findIndex(sent => sent.line_no === line.line_no)
    if (index < 0) return undefined
    const ofLot = [...refused].find(([pointer]) => pointer.startsWith(`/lines/${index}/lots/`))
    return refused.get(`/lines/${index}/quantity`) ?? ofLot?.[1]
  }
  return (
    <Modal
      open
      title={t('order-step:title.ship', { number: order.number })}
      onCancel={onClose}
      width={720}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          disabled={read.lines.length === 0 || read.wrong.size > 0}
          loading={step.isPending}
          onClick={() => form.submit()}
        >
          {t('order:ship.confirm', { count: read.lines.length })}
        </Button>,
      ]}
    >
      {places.length > 1 && (
        <div className="row gap-below">
          <span className="soft">{t('order-step:ship_from')}</span>
          <Segmented
            aria-label={t('order-step:ship_from')}
            value={from}
            onChange={id => {
              setFrom(id)
              setLots({})
              setValues(fill(lines, thereIn(places.find(place => place.warehouse.id === id))))
            }}
            options={places.map(place => ({ value: place.warehouse.id, label: place.warehouse.name }))}
          />
        </div>
      )}
      <ShipScan
        lines={lines}
        onCount={next => {
          setValues(next.values)
          setLots(next.lots)
        }}
      />
      <div className="row quick-words gap-below">
        <button type="button" className="chip" onClick={() => setValues(fill(lines, covered))}>
          {t('order:ship.all')}
        </button>
        <button type="button" className="chip" onClick={() => setValues({})}>
          {t('order:ship.none')}
        </button>
        <button type="button" className="chip" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          {t('order-step:ship_lots.choose')}
        </button>
      </div>
      <QuantityGrid
        label={t('order:line.title')}
        figureLabels={[t('order:ship.remaining'), t('order:ship.covered')]}
        fields={[{ id: 'quantity', label: t('order:ship.quantity') }]}
        lines={lines.map(line => ({
          key: line.line_no,
          code: line.product.code,
          name: line.name,
          spec: line.spec,
          unit: line.unit,
          figures: [remaining(line), covered(line)],
          error: errorOf(line),
        }))}
        values={{ quantity: values }}
        onChange={(_, key, value) => setValues(previous => ({ ...previous, [key]: value }))}
      />
      <ChosenLots lines={lines} lots={lots} />
      {choosing && (
        <ShipLots lines={lines} warehouse={from ?? order.warehouse?.id ?? ''} lots={lots} onChange={setLots} />
      )}
      <Form<Shipping>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ shipped_on: today(), carrier: order.transport, tracking: '', note: '' }}
        onFinish={given => {
          const sent = read.lines.map(part => {
            const own = lotsOf(lots, part.line_no)
            return own.length > 0 ? { ...part, lots: own } : part
          })
          step.mutate({ ...given, warehouse_id: from, lines: sent })
        }}
      >
        <div className="pair">
          <Form.Item
            name="shipped_on"
            label={t('order:shipment.shipped_on')}
            rules={[{ required: true, message: t('common:required') }]}
          >
            <DateInput />
          </Form.Item>
          <Form.Item name="carrier" label={t('order:shipment.carrier')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="tracking" label={t('order:shipment.tracking')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="note" label={t('common:note')}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  )
}
