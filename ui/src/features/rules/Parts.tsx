/** Approval, limits, gates, checklist and evidence as forms and tables; each change is one place of the text. */
import { DeleteOutlined } from '@ant-design/icons'
import { Button, InputNumber } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionField, freeCode, Several, Texts, Typed } from './fields'
import { Add, Field, NEW_TEXT, Row } from './row'
import { type Item, type PartProps, textIn } from './types'

/** A number that is kept when it is left. */
function LimitField(props: { name: string; value: string; locked: boolean; onChange: (value: string) => void }) {
  const [value, setValue] = useState(props.value)
  useEffect(() => setValue(props.value), [props.value])
  const leave = () => {
    if (value && value !== props.value && Number.isFinite(Number(value))) props.onChange(value)
  }
  return (
    <InputNumber<string>
      value={value}
      stringMode
      min="0"
      readOnly={props.locked}
      aria-label={`limit.${props.name}`}
      style={{ width: 180 }}
      formatter={shown => `${shown ?? ''}`.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}
      parser={typed => (typed ?? '').replaceAll(',', '')}
      changeOnWheel={false}
      onChange={next => setValue(next ?? '')}
      onBlur={leave}
      onPressEnter={leave}
    />
  )
}

/** Numbers that conditions name. */
export function Limits(part: PartProps) {
  const { t } = useTranslation()
  const limits = Object.entries(part.document.limits ?? {})
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:limits.hint')}</p>
      {limits.map(([name, value]) => (
        <div key={name} className="rule-limit">
          <code>limit.{name}</code>
          <LimitField
            name={name}
            value={String(value)}
            locked={part.locked}
            onChange={next => part.change({ do: 'set', path: `/limits/${name}`, value: Number(next) })}
          />
          {!part.locked && (
            <Button
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('rules:remove', { name })}
              onClick={() => part.change({ do: 'set', path: `/limits/${name}`, value: null })}
            />
          )}
        </div>
      ))}
      <Add
        label={t('rules:limits.add')}
        locked={part.locked}
        onClick={() => {
          const codes = limits.map(([name]) => name)
          part.change({ do: 'set', path: `/limits/${freeCode('limit', codes)}`, value: 0 })
        }}
      />
    </div>
  )
}

/** Who approves what. */
export function Matrix(part: PartProps) {
  const { t, i18n } = useTranslation()
  const rules = part.document.approval ?? []
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:matrix.hint')}</p>
      {rules.map((rule, place) => {
        const at = `/approval/${place}`
        const set = (field: string, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
        const name = textIn(rule.name, i18n.language)
        return (
          <Row
            key={rule.code}
            path="/approval"
            place={place}
            count={rules.length}
            title={name || rule.code}
            part={part}
          >
            <div className="rule-fields">
              <Field label={t('rules:matrix.stage')} at={`${at}/stage`}>
                <InputNumber
                  min={1}
                  max={20}
                  precision={0}
                  value={rule.stage}
                  readOnly={part.locked}
                  aria-label={t('rules:matrix.stage')}
                  onChange={stage => stage !== null && set('stage', stage)}
                />
              </Field>
              <Field label={t('rules:matrix.need')} at={`${at}/need`}>
                <InputNumber
                  min={1}
                  max={9}
                  precision={0}
                  value={rule.need ?? 1}
                  readOnly={part.locked}
                  aria-label={t('rules:matrix.need')}
                  onChange={need => need !== null && set('need', need)}
                />
              </Field>
              <Field label={t('rules:matrix.roles')} at={`${at}/roles`} wide>
                <Several
                  value={rule.roles}
                  options={part.vocabulary.roles}
                  label={t('rules:matrix.roles')}
                  locked={part.locked}
                  onChange={roles => set('roles', roles)}
                />
              </Field>
              <Field label={t('rules:matrix.when')} at={`${at}/when`} wide>
                <ConditionField
                  value={rule.when}
                  sentence={part.sentences[`${at}/when`]}
                  label={t('rules:matrix.when')}
                  locked={part.locked}
                  optional
                  onChange={when => set('when', when)}
                />
              </Field>
              <Field label={t('rules:name')} at={`${at}/name`} wide>
                <Texts
                  value={rule.name}
                  label={t('rules:name')}
                  locked={part.locked}
                  onChange={text => set('name', text)}
                />
              </Field>
            </div>
          </Row>
        )
      })}
      <Add
        label={t('rules:matrix.add')}
        locked={part.locked}
        onClick={() => {
          const stage = Math.max(0, ...rules.map(rule => rule.stage)) + 1
          const code = freeCode(
            'approval',
            rules.map(rule => rule.code),
          )
          part.change({
            do: 'add',
            path: '/approval',
            value: { code, name: NEW_TEXT, stage, roles: ['sales_manager'] },
          })
        }}
      />
    </div>
  )
}

/** What must hold before a step. */
export function Gates(part: PartProps) {
  const { t, i18n } = useTranslation()
  const gates = part.document.gate ?? []
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:gates.hint')}</p>
      {gates.map((gate, place) => {
        const at = `/gate/${place}`
        const set = (field: string, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
        const message = textIn(gate.message, i18n.language)
        return (
          <Row key={gate.code} path="/gate" place={place} count={gates.length} title={message || gate.code} part={part}>
            <div className="rule-fields">
              <Field label={t('rules:code')} at={`${at}/code`}>
                <Typed
                  value={gate.code}
                  label={t('rules:code')}
                  locked={part.locked}
                  mono
                  onChange={code => set('code', code)}
                />
              </Field>
              <Field label={t('rules:gates.on')} at={`${at}/on`}>
                <Several
                  value={gate.on}
                  options={part.vocabulary.verbs}
                  label={t('rules:gates.on')}
                  locked={part.locked}
                  onChange={on => set('on', on)}
                />
              </Field>
              <Field label={t('rules:gates.when')} at={`${at}/when`} wide>
                <ConditionField
                  value={gate.when}
                  sentence={part.sentences[`${at}/when`]}
                  label={t('rules:gates.when')}
                  locked={part.locked}
                  optional
                  onChange={when => set('when', when)}
                />
              </Field>
              <Field label={t('rules:gates.require')} at={`${at}/require`} wide>
                <ConditionField
                  value={gate.require}
                  sentence={part.sentences[`${at}/require`]}
                  label={t('rules:gates.require')}
                  locked={part.locked}
                  onChange={require => set('require', require ?? '')}
                />
              </Field>
              <Field label={t('rules:gates.message')} at={`${at}/message`} wide>
                <Texts
                  value={gate.message}
                  label={t('rules:gates.message')}
                  locked={part.locked}
                  onChange={text => set('message', text)}
                />
              </Field>
              <Field label={t('rules:gates.override')} at={`${at}/override`}>
                <Several
                  value={gate.override ?? []}
                  options={part.vocabulary.roles}
                  label={t('rules:gates.override')}
                  locked={part.locked}
                  onChange={roles => set('override', roles.length > 0 ? roles : null)}
                />
              </Field>
              <Field label={t('rules:gates.backfill')} at={`${at}/backfill`}>
                <Typed
                  value={gate.backfill ?? ''}
                  label={t('rules:gates.backfill')}
                  locked={part.locked}
                  mono
                  onChange={backfill => set('backfill', backfill.trim() || null)}
                />
              </Field>
            </div>
          </Row>
        )
      })}
      <Add
        label={t('rules:gates.add')}
        locked={part.locked}
        onClick={() => {
          const code = freeCode(
            'gate',
            gates.map(gate => gate.code),
          )
          const value = {
            code,
            on: ['ship'],
            require: 'order.paid >= order.deposit',
            message: { 'zh-CN': code, 'zh-TW': code, en: code },
          }
          part.change({ do: 'add', path: '/gate', value })
        }}
      />
    </div>
  )
}

function Items(
  props: PartProps & { path: string; items: Item[]; field: 'text' | 'name'; hint: string; add: string; stem: string },
) {
  const { t, i18n } = useTranslation()
  const { items, path, field } = props
  return (
    <div className="rule-list">
      <p className="soft">{props.hint}</p>
      {items.map((item, place) => {
        const text = item[field]
        const shown = textIn(text, i18n.language)
        return (
          <Row key={item.code} path={path} place={place} count={items.length} title={shown || item.code} part={props}>
            <div className="rule-fields">
              <Field label={t('rules:code')} at={`${path}/${place}/code`}>
                <Typed
                  value={item.code}
                  label={t('rules:code')}
                  locked={props.locked}
                  mono
                  onChange={code => props.change({ do: 'set', path: `${path}/${place}/code`, value: code })}
                />
              </Field>
              <Field label={t('rules:name')} wide>
                <Texts
                  value={text}
                  label={t('rules:name')}
                  locked={props.locked}
                  onChange={value => props.change({ do: 'set', path: `${path}/${place}/${field}`, value })}
                />
              </Field>
            </div>
          </Row>
        )
      })}
      <Add
        label={props.add}
        locked={props.locked}
        onClick={() => {
          const code = freeCode(
            props.stem,
            items.map(item => item.code),
          )
          props.change({ do: 'add', path, value: { code, [field]: { 'zh-CN': code, 'zh-TW': code, en: code } } })
        }}
      />
    </div>
  )
}

/** What a reviewer ticks. */
export function ChecklistPart(part: PartProps) {
  const { t } = useTranslation()
  return (
    <Items
      {...part}
      path="/checklist"
      items={part.document.checklist ?? []}
      field="text"
      hint={t('rules:checklist.hint')}
      add={t('rules:checklist.add')}
      stem="item"
    />
  )
}

/** What may be proven by evidence. */
export function Proofs(part: PartProps) {
  const { t } = useTranslation()
  return (
    <Items
      {...part}
      path="/proof"
      items={part.document.proof ?? []}
      field="name"
      hint={t('rules:proofs.hint')}
      add={t('rules:proofs.add')}
      stem="proof"
    />
  )
}
