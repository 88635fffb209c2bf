/** Roles that are made or changed when the rules come into force. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { freeCode, Texts, Typed } from './fields'
import { RoleChanges } from './RoleChanges'
import { Add, Field, NEW_TEXT, Row } from './row'
import { type PartProps, type RoleRule, textIn } from './types'

export default function RolePart(part: PartProps) {
  const { t } = useTranslation()
  const roles = part.document.role ?? []
  const add = () => {
    const code = freeCode('role', [...roles.map(role => role.code), ...part.vocabulary.roles.map(role => role.code)])
    const value = { code, name: { 'zh-CN': code, 'zh-TW': code, en: code }, permissions: ['order.view'] }
    part.change({ do: 'add', path: '/role', value })
  }
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:roles.hint')}</p>
      {roles.map((role, place) => (
        <Role key={role.code || place} role={role} place={place} count={roles.length} part={part} />
      ))}
      <Add label={t('rules:roles.add')} locked={part.locked} onClick={add} />
    </div>
  )
}

function Role(props: { role: RoleRule; place: number; count: number; part: PartProps }) {
  const { t, i18n } = useTranslation()
  const { role, place, part } = props
  const { locked } = part
  const at = `/role/${place}`
  const put = (field: keyof RoleRule, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
  const title = textIn(role.name, i18n.language) || role.code
  return (
    <Row path="/role" place={place} count={props.count} title={title} part={part}>
      <div className="rule-fields">
        <Field label={t('rules:code')} at={`${at}/code`}>
          <Typed value={role.code} label={t('rules:code')} locked={locked} mono onChange={code => put('code', code)} />
        </Field>
        <Field label={t('rules:name')} at={`${at}/name`} wide>
          <Texts
            value={role.name ?? NEW_TEXT}
            label={t('rules:name')}
            locked={locked}
            onChange={name => put('name', name)}
          />
        </Field>
        <Field label={t('rules:roles.permissions')} at={`${at}/permissions`} wide>
          <Permissions
            value={role.permissions ?? []}
            part={part}
            onChange={permissions => put('permissions', permissions)}
          />
        </Field>
      </div>
      <RoleChanges changes={part.roles.filter(change => change.code === role.code)} />
    </Row>
  )
}

function Permissions(props: { value: string[]; part: PartProps; onChange: (codes: string[]) => void }) {
  const { t } = useTranslation()
  const { permissions } = props.part.vocabulary
  if (props.part.locked) {
    const name = (code: string) => permissions.find(permission => permission.code === code)?.name ?? code
    return <span>{props.value.map(name).join('、') || '–'}</span>
  }
  const groups = [...new Set(permissions.map(permission => permission.group))]
  const of = (group: string) => permissions.filter(permission => permission.group === group)
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={props.value}
      aria-label={t('rules:roles.permissions')}
      showSearch={{ optionFilterProp: 'label' }}
      options={groups.map(group => ({
        label: group,
        options: of(group).map(permission => ({ value: permission.code, label: permission.name })),
      }))}
      onChange={props.onChange}
    />
  )
}
