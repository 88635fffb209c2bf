/** Fields of the rules: texts in three languages, conditions with their sentence, lists of roles and steps. */
import { Checkbox, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalText, PartProps } from './types'

const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const
const NAMES = { 'zh-CN': '简', 'zh-TW': '繁', en: 'En' }

/** An input that keeps what is typed until it is left. */
export function Typed(props: {
  value: string
  label: string
  locked: boolean
  mono?: boolean
  lines?: boolean
  prefix?: string
  placeholder?: string
  onChange: (value: string) => void
}) {
  const [value, setValue] = useState(props.value)
  useEffect(() => setValue(props.value), [props.value])
  const leave = () => {
    if (value !== props.value) props.onChange(value)
  }
  const shared = {
    value,
    readOnly: props.locked,
    'aria-label': props.label,
    className: props.mono ? 'mono' : undefined,
    onBlur: leave,
    placeholder: props.placeholder,
  }
  if (props.lines) {
    return (
      <Input.TextArea
        {...shared}
        autoSize={{ minRows: 1, maxRows: 6 }}
        onChange={event => setValue(event.target.value.replaceAll('\n', ' '))}
        onPressEnter={event => {
          event.preventDefault()
          leave()
        }}
      />
    )
  }
  return (
    <Input {...shared} prefix={props.prefix} onChange={event => setValue(event.target.value)} onPressEnter={leave} />
  )
}

/** A text for people, in each language. */
export function Texts(props: {
  value: LocalText | undefined
  label: string
  locked: boolean
  onChange: (value: LocalText) => void
}) {
  const { value } = props
  const each = typeof value === 'object' ? value : { 'zh-CN': value ?? '', 'zh-TW': value ?? '', en: value ?? '' }
  return (
    <div className="rule-texts">
      {LANGUAGES.map(language => (
        <Typed
          key={language}
          value={each[language]}
          label={`${props.label} ${NAMES[language]}`}
          prefix={NAMES[language]}
          locked={props.locked}
          onChange={text => props.onChange({ ...each, [language]: text })}
        />
      ))}
    </div>
  )
}

/** A condition as it is written, and under it as people read it. */
export function ConditionField(props: {
  value: string | undefined
  sentence: string | undefined
  label: string
  locked: boolean
  optional?: boolean
  onChange: (value: string | null) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="rule-condition">
      <Typed
        value={props.value ?? ''}
        label={props.label}
        locked={props.locked}
        mono
        lines
        onChange={value => props.onChange(value.trim() || !props.optional ? value.trim() : null)}
      />
      <span className="soft">{props.sentence ?? (props.value ? '' : t('rules:always'))}</span>
    </div>
  )
}

/** Several of a closed set. */
export function Several(props: {
  value: string[]
  options: { code: string; name: string }[]
  label: string
  locked: boolean
  onChange: (value: string[]) => void
}) {
  if (props.locked) {
    const name = (code: string) => props.options.find(option => option.code === code)?.name ?? code
    return <span>{props.value.map(name).join('、') || '–'}</span>
  }
  return (
    <Select
      mode="multiple"
      style={{ width: '100%', minWidth: 140 }}
      value={props.value}
      aria-label={props.label}
      showSearch={{ optionFilterProp: 'label' }}
      options={props.options.map(option => ({ value: option.code, label: option.name }))}
      onChange={props.onChange}
    />
  )
}

/** One of a closed set. */
export function One(props: {
  value: string | undefined
  options: { code: string; name: string }[]
  label: string
  locked: boolean
  /** What is meant where nothing is chosen; without it something must be chosen. */
  none?: string
  onChange: (value: string | null) => void
}) {
  const name = (code: string) => props.options.find(option => option.code === code)?.name ?? code
  if (props.locked) return <span>{props.value ? name(props.value) : (props.none ?? '–')}</span>
  const options = props.options.map(option => ({ value: option.code, label: option.name }))
  if (props.value && !options.some(option => option.value === props.value)) {
    options.push({ value: props.value, label: props.value })
  }
  return (
    <Select
      style={{ width: '100%', minWidth: 120 }}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={props.none !== undefined}
      placeholder={props.none}
      value={props.value || undefined}
      aria-label={props.label}
      options={options}
      onChange={value => props.onChange(value ?? null)}
    />
  )
}

/** Yes or no; no is not written. */
export function YesNo(props: {
  value: boolean | undefined
  label: string
  locked: boolean
  onChange: (value: true | null) => void
}) {
  const [value, setValue] = useState(props.value ?? false)
  useEffect(() => setValue(props.value ?? false), [props.value])
  return (
    <Checkbox
      checked={value}
      disabled={props.locked}
      onChange={event => {
        setValue(event.target.checked)
        props.onChange(event.target.checked ? true : null)
      }}
    >
      {props.label}
    </Checkbox>
  )
}

/** A list as the file has it: an empty one is not written. */
export function listed(values: string[]): string[] | null {
  return values.length > 0 ? values : null
}

/** The next code that is free: `gate_3`. */
export function freeCode(stem: string, codes: string[]): string {
  for (let no = codes.length + 1; ; no++) {
    const code = `${stem}_${no}`
    if (!codes.includes(code)) return code
  }
}

export type { PartProps }
