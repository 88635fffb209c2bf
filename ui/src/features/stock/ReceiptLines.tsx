import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { numberProblem } from '@/components/form/rules'
import { type LineColumn, LineTable } from '@/components/LineTable'
import type { ReceiptLine } from './receive'
import './stock.css'

/** What is told of a line beside product and quantity. */
export type Told = 'bin' | 'lot' | 'expires_on' | 'status'
export const STATUSES = ['free', 'quality', 'damaged', 'blocked'] as const

interface Props {
  lines: ReceiptLine[]
  onChange: (lines: ReceiptLine[]) => void
  told?: Told[]
}

/** What comes in so far, or is to be sent. */
export function ReceiptLines({ lines, onChange, told = ['bin', 'lot', 'expires_on', 'status'] }: Props) {
  const { t } = useTranslation()
  const put = (index: number, change: Partial<ReceiptLine>) => {
    const line = lines[index]
    if (line) onChange(lines.with(index, { ...line, ...change }))
  }
  const more: Record<Told, LineColumn<ReceiptLine>> = {
    bin: {
      id: 'bin',
      label: t('stock:field.bin'),
      width: 110,
      render: (line, index) => (
        <Input
          aria-label={`${t('stock:field.bin')} ${line.name}`}
          value={line.bin ?? ''}
          maxLength={40}
          onChange={event => put(index, { bin: event.target.value })}
        />
      ),
    },
    lot: {
      id: 'lot',
      label: t('stock:field.lot'),
      width: 150,
      render: (line, index) => (
        <Input
          aria-label={`${t('stock:field.lot')} ${line.name}`}
          value={line.lot ?? ''}
          maxLength={60}
          status={line.tracking && !line.lot && told.includes('bin') ? 'error' : undefined}
          placeholder={line.tracking ? t(`stock:lot_hint.${line.tracking}`) : undefined}
          onChange={event => put(index, { lot: event.target.value })}
        />
      ),
    },
    expires_on: {
      id: 'expires_on',
      label: t('stock:field.expires_on'),
      width: 140,
      render: (line, index) => (
        <DateInput
          aria-label={`${t('stock:field.expires_on')} ${line.name}`}
          value={line.expires_on ?? null}
          onChange={expires_on => put(index, { expires_on })}
        />
      ),
    },
    status: {
      id: 'status',
      label: t('stock:field.status'),
      width: 110,
      render: (line, index) => (
        <Select
          aria-label={`${t('stock:field.status')} ${line.name}`}
          style={{ width: '100%' }}
          value={line.status ?? 'free'}
          options={STATUSES.map(value => ({ value, label: t(`stock:status.${value}`) }))}
          onChange={(status: string) => put(index, { status })}
        />
      ),
    },
  }
  const columns: LineColumn<ReceiptLine>[] = [
    {
      id: 'product',
      label: t('stock:field.product'),
      main: true,
      render: line => (
        <>
          <span className="strong">{line.name}</span> <span className="soft">{line.code}</span>
        </>
      ),
      foot: t('form:row.count', { shown: lines.length }),
    },
    ...told.map(name => more[name]),
    {
      id: 'quantity',
      label: t('stock:receive.quantity'),
      end: true,
      width: 160,
      render: (line, index) => (
        <DecimalInput
          aria-label={`${t('stock:receive.quantity')} ${line.name}`}
          value={line.quantity}
          suffix={line.unit}
          status={numberProblem(t, line.quantity, { required: true, above: '0', digits: 6 }) ? 'error' : undefined}
          onChange={quantity => put(index, { quantity })}
        />
      ),
    },
    {
      id: 'remove',
      label: t('stock:field.actions'),
      width: 60,
      render: (_, index) => (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('form:row.remove', { row: index + 1 })}
          onClick={() => onChange(lines.toSpliced(index, 1))}
        />
      ),
    },
  ]
  return (
    <LineTable
      label={t('stock:receive.lines')}
      columns={columns}
      rows={lines.map((line, place) => ({ ...line, place }))}
      rowKey={line => `${line.product_id} ${line.place}`}
      empty={t('stock:receive.empty')}
    />
  )
}
