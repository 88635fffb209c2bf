/** Who is told of what, by which ways and in which words. */
import { useTranslation } from 'react-i18next'
import { listed, One, Several, YesNo } from './fields'
import { Add, Brought, Field, Row } from './row'
import type { NotifyRule, PartProps } from './types'

export default function NotifyPart(part: PartProps) {
  const { t } = useTranslation()
  const rules = part.document.notify ?? []
  const add = () =>
    part.change({
      do: 'add',
      path: '/notify',
      value: { events: ['OrderHeld'], to: ['rep'], template: 'event' },
    })
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:notify.hint')}</p>
      <Brought part={part} of="notify" />
      {rules.map((rule, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place
        <Rule key={place} rule={rule} place={place} count={rules.length} part={part} />
      ))}
      {part.document.notify && <Add label={t('rules:notify.add')} locked={part.locked} onClick={add} />}
    </div>
  )
}

function Rule(props: { rule: NotifyRule; place: number; count: number; part: PartProps }) {
  const { t } = useTranslation()
  const { rule, place, part } = props
  const { vocabulary, locked } = part
  const at = `/notify/${place}`
  const put = (field: keyof NotifyRule, value: unknown) => part.change({ do: 'set', path: `${at}/${field}`, value })
  const events = (rule.events ?? []).map(code => vocabulary.events.find(event => event.code === code)?.name ?? code)
  const title = events.join('、') || t('rules:notify.none')
  const several = (field: 'roles' | 'to' | 'channels', options: { code: string; name: string }[], value: string[]) => (
    <Field label={t(`rules:notify.${field}`)} at={`${at}/${field}`}>
      <Several
        value={value}
        options={options}
        label={t(`rules:notify.${field}`)}
        locked={locked}
        onChange={codes => put(field, listed(codes))}
      />
    </Field>
  )
  const all = vocabulary.channels.map(channel => channel.code)
  return (
    <Row path="/notify" place={place} count={props.count} title={title} part={part}>
      <div className="rule-fields">
        <Field label={t('rules:notify.events')} at={`${at}/events`} wide>
          <Several
            value={rule.events ?? []}
            options={vocabulary.events}
            label={t('rules:notify.events')}
            locked={locked}
            onChange={codes => put('events', codes)}
          />
        </Field>
        {several('roles', vocabulary.roles, rule.roles ?? [])}
        {several('to', vocabulary.recipients, rule.to ?? [])}
        {several('channels', vocabulary.channels, rule.channels ?? all)}
        <Field label={t('rules:notify.template')} at={`${at}/template`}>
          <One
            value={rule.template}
            options={vocabulary.templates}
            label={t('rules:notify.template')}
            locked={locked}
            onChange={template => put('template', template)}
          />
        </Field>
        <Field label={t('rules:notify.urgent')} at={`${at}/urgent`} wide>
          <YesNo
            value={rule.urgent}
            label={t('rules:notify.urgent_hint')}
            locked={locked}
            onChange={urgent => put('urgent', urgent)}
          />
        </Field>
      </div>
    </Row>
  )
}
