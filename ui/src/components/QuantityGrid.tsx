/** Quantities per line to be entered against what is possible: what to ship, to bill, to accept. Drawn only where seen. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { Input } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatValue } from '@/lib/format'
import './components.css'

export interface QuantityLine {
  key: number
  code: string
  name: string
  spec: string
  unit: string
  /** Figures before the field, by the columns given. */
  figures: string[]
  error?: string
}

interface Props {
  label: string
  lines: QuantityLine[]
  figureLabels: string[]
  /** One field per entry; `values[field][key]`. */
  fields: { id: string; label: string }[]
  values: Record<string, Record<number, string>>
  onChange: (field: string, key: number, value: string) => void
}

const ROW = 46

export function QuantityGrid({ label, lines, figureLabels, fields, values, onChange }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  const template = `minmax(150px, 1fr) ${figureLabels.map(() => '76px').join(' ')} ${fields.map(() => '112px').join(' ')}`
  return (
    <div className="quantity-grid" ref={box} role="table" aria-label={label} aria-rowcount={lines.length + 1}>
      <div role="rowgroup" className="quantity-head">
        <div role="row" className="quantity-row" style={{ gridTemplateColumns: template }}>
          <span role="columnheader">{t('order:line.product')}</span>
          {figureLabels.map(text => (
            <span role="columnheader" key={text} className="num">
              {text}
            </span>
          ))}
          {fields.map(field => (
            <span role="columnheader" key={field.id} className="num">
              {field.label}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(item => {
          const line = lines[item.index]
          if (!line) return null
          return (
            <div
              key={line.key}
              role="row"
              aria-rowindex={item.index + 2}
              className="quantity-row body"
              style={{ gridTemplateColumns: template, height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <span role="cell" className="quantity-name">
                <span className="cut">{line.name}</span>
                <span className={`cut ${line.error ? 'ink-late' : 'soft'}`}>
                  {line.error ?? `${line.code} ${line.spec}`}
                </span>
              </span>
              {line.figures.map((figure, index) => (
                <span role="cell" className="num" key={figureLabels[index]}>
                  {formatValue(figure)}
                </span>
              ))}
              {fields.map(field => (
                <span role="cell" key={field.id}>
                  <Input
                    className="num-input"
                    inputMode="decimal"
                    suffix={<span className="soft">{line.unit}</span>}
                    status={line.error ? 'error' : undefined}
                    aria-label={`${line.name} ${field.label}`}
                    value={values[field.id]?.[line.key] ?? ''}
                    onFocus={event => event.target.select()}
                    onChange={event => onChange(field.id, line.key, event.target.value)}
                  />
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
