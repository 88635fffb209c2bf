import { DeleteOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { WordTag } from '@/components/WordTag'
import type { ImportField, ImportSheet, MappingSource } from '@/lib/api/types'
import { columnIn, kindOf, missing, samples, sheetName, sheetOf, withRule } from './mapping'
import { RuleField } from './RuleField'

interface Props {
  source: MappingSource
  sheets: ImportSheet[]
  fields: ImportField[]
  editable: boolean
  onChange: (source: MappingSource) => void
  onRemove: () => void
}

/** Rows of one noun: from which sheet, how they are written, and which column is which field. */
export function SourceEditor({ source, sheets, fields, editable, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(editable)
  const sheet = sheetOf(source, sheets)
  const lacking = new Set(missing(source, fields, sheet).map(field => field.key))
  const shown = all ? fields : fields.filter(field => source.fields[field.key] || field.required)
  const noun = t(`import:noun.${source.noun}`)
  const sample = (field: ImportField) => {
    const rule = source.fields[field.key]
    if (!sheet || !rule || kindOf(rule) === 'value') return ''
    const column = columnIn(sheet, [...(rule.column ?? []), ...(rule.join ?? [])])
    return column === null ? '' : samples(sheet, column).join('、')
  }
  const columns: LineColumn<ImportField>[] = [
    {
      id: 'field',
      label: t('import:map.field'),
      main: true,
      render: field => (
        <span className="row">
          {field.label}
          {field.required && <WordTag>{t('import:map.required')}</WordTag>}
        </span>
      ),
    },
    {
      id: 'column',
      label: t('import:map.column'),
      width: 300,
      render: field => (
        <RuleField
          field={field}
          rule={source.fields[field.key]}
          sheet={sheet}
          disabled={!editable}
          missing={lacking.has(field.key)}
          onChange={rule => onChange(withRule(source, field.key, rule))}
        />
      ),
    },
    {
      id: 'sample',
      label: t('import:map.sample'),
      width: 320,
      render: field => <span className="soft import-value">{sample(field)}</span>,
    },
  ]
  return (
    <Card
      title={noun}
      flush
      extra={
        <>
          <Segmented
            size="small"
            aria-label={noun}
            value={all ? 'all' : 'used'}
            options={[
              { value: 'used', label: t('import:map.show_used') },
              { value: 'all', label: t('import:map.show_all') },
            ]}
            onChange={value => setAll(value === 'all')}
          />
          {editable && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('import:map.remove', { noun })}
              onClick={onRemove}
            />
          )}
        </>
      }
    >
      <Options source={source} sheets={sheets} sheet={sheet} editable={editable} onChange={onChange} />
      <LineTable
        label={noun}
        columns={columns}
        rows={shown}
        rowKey={field => field.key}
        rowClass={field => (lacking.has(field.key) ? 'map-row-missing' : undefined)}
      />
    </Card>
  )
}

const DATES = ['yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd.mm.yyyy', 'excel'] as const

interface OptionsProps {
  source: MappingSource
  sheets: ImportSheet[]
  sheet: ImportSheet | undefined
  editable: boolean
  onChange: (source: MappingSource) => void
}

/** Where the rows stand and how their numbers and dates are written. */
function Options({ source, sheets, sheet, editable, onChange }: OptionsProps) {
  const { t } = useTranslation()
  const joins = source.noun === 'orders' || source.noun === 'order_lines'
  const shared = { disabled: !editable, popupMatchSelectWidth: false }
  return (
    <div className="map-options">
      <Choice label={t('import:map.sheet')}>
        <Select
          {...shared}
          value={sheet ? sheetName(sheet) : ''}
          options={[
            ...(sheet ? [] : [{ value: '', label: t('import:map.any_sheet') }]),
            ...sheets.map(each => ({ value: sheetName(each), label: sheetName(each) })),
          ]}
          onChange={name => {
            const chosen = sheets.find(each => sheetName(each) === name)
            if (chosen) onChange({ ...source, file: chosen.file, sheet: chosen.sheet })
          }}
        />
      </Choice>
      {joins && (
        <Choice label={t('import:map.key')} title={t('import:map.key_hint')}>
          <Select
            {...shared}
            showSearch
            value={(sheet && columnIn(sheet, source.key ?? [])) ?? ''}
            options={(sheet?.columns ?? []).map(column => ({ value: column, label: column }))}
            onChange={column => onChange({ ...source, key: [column] })}
          />
        </Choice>
      )}
      <Choice label={t('import:map.decimal')}>
        <Select
          {...shared}
          value={source.decimal ?? '.'}
          options={[
            { value: '.', label: t('import:map.decimal_point') },
            { value: ',', label: t('import:map.decimal_comma') },
          ]}
          onChange={decimal => onChange({ ...source, decimal })}
        />
      </Choice>
      <Choice label={t('import:map.rate')}>
        <Select
          {...shared}
          value={source.rate ?? 'percent'}
          options={(['percent', 'fraction'] as const).map(value => ({ value, label: t(`import:map.rate_${value}`) }))}
          onChange={rate => onChange({ ...source, rate })}
        />
      </Choice>
      <Choice label={t('import:map.date')}>
        <Select
          {...shared}
          value={source.date ?? ''}
          options={[
            { value: '', label: t('import:map.date_auto') },
            ...[...new Set([...DATES, ...(source.date ? [source.date] : [])])].map(value => ({ value, label: value })),
          ]}
          onChange={date => onChange({ ...source, date })}
        />
      </Choice>
    </div>
  )
}

function Choice({ label, title, children }: { label: string; title?: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label title={title}>
      <span>{label}</span>
      {children}
    </label>
  )
}
