/** The lines that were read: the words, the product they mean with others to choose from, and how many. */
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { Pick } from '@/components/Pick'
import type { IntakeProductGuess } from '@/lib/api/types'
import { corrected, type FormLine } from './model'
import { Sure } from './Sure'

interface Props {
  lines: FormLine[]
  errors: Map<string, string>
  onChange: (lines: FormLine[]) => void
  onFocus: (field: string) => void
}

export function Lines({ lines, errors, onChange, onFocus }: Props) {
  const { t } = useTranslation()
  if (lines.length === 0) return <p className="soft">{t('intake:no_lines')}</p>
  const change = (place: number, part: Partial<FormLine>) =>
    onChange(lines.map((line, other) => (other === place ? { ...line, ...part } : line)))
  return (
    <ol className="intake-lines">
      {lines.map((line, place) => (
        <LineRow
          key={line.key}
          line={line}
          no={place + 1}
          productError={errors.get(`/lines/${place}/product_id`)}
          quantityError={errors.get(`/lines/${place}/quantity`)}
          onChange={part => change(place, part)}
          onRemove={() => onChange(lines.filter((_, other) => other !== place))}
          onFocus={() => onFocus(`line-${line.key}`)}
        />
      ))}
    </ol>
  )
}

interface RowProps {
  line: FormLine
  no: number
  productError?: string | undefined
  quantityError?: string | undefined
  onChange: (part: Partial<FormLine>) => void
  onRemove: () => void
  onFocus: () => void
}

function LineRow({ line, no, productError, quantityError, onChange, onRemove, onFocus }: RowProps) {
  const { t } = useTranslation()
  const { read } = line
  const unsure = !corrected(line) && (read.product?.confidence ?? 0) < 80
  const take = (guess: IntakeProductGuess) => onChange({ product: guess, unit: guess.unit, sameUnit: false })
  return (
    <li className={unsure ? 'intake-line unsure' : 'intake-line'} onFocus={onFocus}>
      <div className="row">
        <span className="strong grow cut">
          {no}. {t('intake:quoted', { said: read.phrase })}
        </span>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('intake:remove', { no })}
          onClick={onRemove}
        />
      </div>
      <div className="intake-line-fields">
        <div>
          <Pick
            kind="product"
            label={t('intake:product_of', { no })}
            value={line.product?.id ?? null}
            known={line.product}
            clearable={false}
            {...(productError || !line.product ? { status: 'error' as const } : {})}
            onChange={(id, picked) => {
              if (!id || !picked) return
              const unit = (picked as { unit?: string }).unit ?? line.unit
              onChange({ product: { ...picked, id }, unit, sameUnit: false })
            }}
          />
          <Sure
            confidence={read.product?.confidence ?? 0}
            corrected={corrected(line)}
            learned={read.learned}
            note={[line.product?.code, line.product?.spec].filter(Boolean).join(' · ')}
          />
          {productError && <p className="intake-error">{productError}</p>}
        </div>
        <div>
          <DecimalInput
            aria-label={t('intake:quantity_of', { no })}
            value={line.quantity}
            suffix={line.unit}
            {...(quantityError || !line.quantity ? { status: 'error' as const } : {})}
            onChange={quantity => onChange({ quantity: quantity ?? '' })}
          />
          <Sure
            confidence={read.quantity_confidence}
            corrected={line.quantity !== read.quantity}
            said={read.said_quantity ? `${read.said_quantity} ${read.said_unit}` : read.said_unit}
          />
          {quantityError && <p className="intake-error">{quantityError}</p>}
        </div>
      </div>
      {unsure && read.others.length > 0 && (
        <div className="intake-others">
          <span className="soft">{t('intake:others')}</span>
          {read.others.slice(0, 4).map(guess => (
            <Button key={guess.id} size="small" onClick={() => take(guess)}>
              {guess.name} {guess.spec} <span className="soft">{guess.code}</span>
            </Button>
          ))}
        </div>
      )}
      {read.vague && <p className="intake-vague">{t('intake:vague_quantity')}</p>}
      {read.unit_differs && line.product && line.unit !== read.said_unit && (
        <Checkbox checked={line.sameUnit} onChange={event => onChange({ sameUnit: event.target.checked })}>
          {t('intake:same_unit', { said: read.said_unit, unit: line.unit })}
        </Checkbox>
      )}
    </li>
  )
}
