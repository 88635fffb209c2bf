import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { numberProblem } from '@/components/form/rules'
import { type LineColumn, LineTable } from '@/components/LineTable'
import type { ReceiptLine } from './receive'
import './stock.css'

interface Props {
  lines: ReceiptLine[]
  onChange: (lines: ReceiptLine[]) => void
}

/** What comes in so far. */
export function ReceiptLines({ lines, onChange }: Props) {
  const { t } = useTranslation()
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
    {
      id: 'quantity',
      label: t('stock:receive.quantity'),
      end: true,
      width: 200,
      render: (line, index) => (
        <DecimalInput
          aria-label={`${t('stock:receive.quantity')} ${line.name}`}
          value={line.quantity}
          suffix={line.unit}
          status={numberProblem(t, line.quantity, { required: true, above: '0', digits: 6 }) ? 'error' : undefined}
          onChange={quantity => onChange(lines.with(index, { ...line, quantity }))}
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
      rows={lines}
      rowKey={line => line.product_id}
      empty={t('stock:receive.empty')}
    />
  )
}
