import { Input, Select } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ImportField, ImportSheet, MappingRule } from '@/lib/api/types'
import { columnIn, kindOf } from './mapping'

/** A rule that only a template can say, in words. */
export function ruleText(t: TFunction, rule: MappingRule): string {
  if (rule.join?.length) {
    return t('import:map.joined', { columns: rule.join.join('、'), separator: rule.separator ?? ' ' })
  }
  const column = rule.column?.[0] ?? ''
  if (rule.table) return t('import:map.looked_up', { column, table: rule.table })
  return t('import:map.mapped', { column })
}

/** What a code is called, where the interface has a word for it. */
function codeName(t: TFunction, key: string, code: string): string {
  if (key === 'channel') return t(`order:channel.${code}`)
  if (key === 'category') return t(`order:category.${code}`)
  if (key === 'settlement') return t(`order:settlement.${code}`)
  if (key === 'kind') return t(`product:kind.${code}`)
  return key === 'tax_category' ? t(`product:tax.${code}`) : code
}

interface Props {
  field: ImportField
  rule: MappingRule | undefined
  sheet: ImportSheet | undefined
  disabled: boolean
  missing: boolean
  onChange: (rule: MappingRule | null) => void
}

const NONE = '-'
const FIXED = '='
const KEPT = '*'

/** What a field is made of: a column, always the same value, or as the template says. */
export function RuleField({ field, rule, sheet, disabled, missing, onChange }: Props) {
  const { t } = useTranslation()
  const kind = kindOf(rule)
  const found = kind === 'column' && sheet ? columnIn(sheet, rule?.column ?? []) : null
  const absent = kind === 'column' && found === null ? (rule?.column?.[0] ?? '') : ''
  const value = kind === 'none' ? NONE : kind === 'value' ? FIXED : kind === 'other' ? KEPT : `c${found ?? absent}`
  const columns = sheet?.columns.filter(column => column !== '') ?? []
  const options = [
    { value: NONE, label: t('import:map.none') },
    ...(kind === 'other' && rule ? [{ value: KEPT, label: t('import:map.keep', { rule: ruleText(t, rule) }) }] : []),
    ...(absent ? [{ value: `c${absent}`, label: absent }] : []),
    ...[...new Set(columns)].map(column => ({ value: `c${column}`, label: column })),
    { value: FIXED, label: t('import:map.fixed_value') },
  ]
  const choose = (next: string) => {
    if (next === NONE) onChange(null)
    else if (next === FIXED) onChange({ value: field.codes[0] ?? '' })
    else if (next !== KEPT) onChange({ column: [next.slice(1)] })
  }
  return (
    <span className="map-rule">
      <Select
        aria-label={`${field.label} ${t('import:map.column')}`}
        showSearch={{ optionFilterProp: 'label' }}
        status={missing ? 'error' : undefined}
        disabled={disabled}
        value={value}
        options={options}
        onChange={choose}
      />
      {kind === 'value' &&
        (field.codes.length > 0 ? (
          <Select
            aria-label={`${field.label} ${t('import:map.fixed')}`}
            disabled={disabled}
            value={rule?.value}
            options={field.codes.map(code => ({ value: code, label: codeName(t, field.key, code) }))}
            onChange={code => onChange({ ...rule, value: code })}
          />
        ) : (
          <Input
            aria-label={`${field.label} ${t('import:map.fixed')}`}
            disabled={disabled}
            value={rule?.value}
            onChange={event => onChange({ ...rule, value: event.target.value })}
          />
        ))}
    </span>
  )
}
