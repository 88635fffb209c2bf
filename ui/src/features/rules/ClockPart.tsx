/** Time limits of orders: what starts and ends them, how long they are, and who hears of it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ConditionField, freeCode, listed, One, Several, Texts, Typed, YesNo } from './fields'
import { Add, Brought, Field, NEW_TEXT, Row } from './row'
import { type ClockRule, type Level, type PartProps, type Patch, textIn } from './types'

/** Events that a clock hears of. */
const HEARD = ['starts', 'stops', 'pauses', 'resumes'] as const
const CATEGORIES = ['categories', 'except_categories'] as const

export default function ClockPart(part: PartProps) {
  const { t } = useTranslation()
  const clocks = part.document.clock ?? []
  const add = () => {
    const code = freeCode(
      'clock',
      clocks.map(clock => clock.code),
    )
    const value = {
      code,
      name: { 'zh-CN': code, 'zh-TW': code, en: code },
      starts: ['OrderSubmitted'],
      stops: ['OrderReviewed', 'OrderReturned', 'OrderRejected', 'OrderVoided', 'OrderCancelled'],
      limit: '2h',
      role: part.vocabulary.roles[0]?.code,
    }
    part.change({ do: 'add', path: '/clock', value })
  }
  return (
    <div className="rule-list">
      <p className="soft">{t('rules:clocks.hint')}</p>
      <Brought part={part} of="clock" />
      {clocks.map((clock, place) => (
        <Clock key={clock.code || place} clock={clock} place={place} count={clocks.length} part={part} />
      ))}
      {part.document.clock && <Add label={t('rules:clocks.add')} locked={part.locked} onClick={add} />}
    </div>
  )
}

function Clock(props: { clock: ClockRule; place: number; count: number; part: PartProps }) {
  const { t, i18n } = useTranslation()
  const { clock, place, part } = props
  const { vocabulary, locked } = part
  const at = `/clock/${place}`
  const set = (field: keyof ClockRule, value: unknown): Patch => ({ do: 'set', path: `${at}/${field}`, value })
  const put = (field: keyof ClockRule, value: unknown) => part.change(set(field, value))
  return (
    <Row
      path="/clock"
      place={place}
      count={props.count}
      title={textIn(clock.name, i18n.language) || clock.code}
      part={part}
    >
      <div className="rule-fields">
        <Field label={t('rules:code')} at={`${at}/code`}>
          <Typed value={clock.code} label={t('rules:code')} locked={locked} mono onChange={code => put('code', code)} />
        </Field>
        <Field label={t('rules:clocks.role')} at={`${at}/role`}>
          <One
            value={clock.role}
            options={vocabulary.roles}
            label={t('rules:clocks.role')}
            locked={locked}
            onChange={role => put('role', role)}
          />
        </Field>
        <Field label={t('rules:name')} at={`${at}/name`} wide>
          <Texts
            value={clock.name ?? NEW_TEXT}
            label={t('rules:name')}
            locked={locked}
            onChange={name => put('name', name)}
          />
        </Field>
        {HEARD.map(field => (
          <Field key={field} label={t(`rules:clocks.${field}`)} at={`${at}/${field}`} wide>
            <Several
              value={clock[field] ?? []}
              options={vocabulary.clock_events}
              label={t(`rules:clocks.${field}`)}
              locked={locked}
              onChange={events => put(field, listed(events))}
            />
          </Field>
        ))}
        <Field label={t('rules:clocks.end')} at={`${at}/stops_by_hand`} wide>
          <YesNo
            value={clock.stops_by_hand}
            label={t('rules:clocks.stops_by_hand')}
            locked={locked}
            onChange={by_hand => put('stops_by_hand', by_hand)}
          />
        </Field>
        {CATEGORIES.map(field => (
          <Field key={field} label={t(`rules:clocks.${field}`)} at={`${at}/${field}`}>
            <Several
              value={clock[field] ?? []}
              options={vocabulary.categories}
              label={t(`rules:clocks.${field}`)}
              locked={locked}
              onChange={codes => put(field, listed(codes))}
            />
          </Field>
        ))}
        <Field label={t('rules:clocks.when')} at={`${at}/when`} wide>
          <ConditionField
            value={clock.when}
            sentence={part.sentences[`${at}/when`]}
            label={t('rules:clocks.when')}
            locked={locked}
            optional
            onChange={when => put('when', when)}
          />
        </Field>
        <Times clock={clock} at={at} set={set} part={part} />
        <Field label={t('rules:clocks.task')} at={`${at}/task`} wide>
          <One
            value={clock.task}
            options={vocabulary.task_kinds}
            label={t('rules:clocks.task')}
            none={t('rules:clocks.no_task')}
            locked={locked}
            onChange={task => put('task', task)}
          />
        </Field>
        <Field label={t('rules:clocks.escalation')} at={`${at}/escalation`} wide>
          <Levels levels={clock.escalation ?? []} part={part} onChange={levels => put('escalation', levels)} />
        </Field>
      </div>
    </Row>
  )
}

/** How long it is: a time by a calendar, or the end of a date. One takes the place of the other. */
function Times(props: {
  clock: ClockRule
  at: string
  set: (field: keyof ClockRule, value: unknown) => Patch
  part: PartProps
}) {
  const { t } = useTranslation()
  const { clock, at, set, part } = props
  const { change, locked, vocabulary } = part
  const span = (field: 'before' | 'warn_before') => (
    <Field label={t(`rules:clocks.${field}`)} at={`${at}/${field}`}>
      <Typed
        value={clock[field] ?? ''}
        label={t(`rules:clocks.${field}`)}
        locked={locked}
        mono
        onChange={value => change(set(field, value.trim() || null))}
      />
    </Field>
  )
  return (
    <>
      <Field label={t('rules:clocks.limit')} at={`${at}/limit`}>
        <Typed
          value={clock.limit ?? ''}
          label={t('rules:clocks.limit')}
          locked={locked}
          mono
          onChange={value => {
            const limit = value.trim() || null
            const instead = limit && clock.anchor ? [set('anchor', null), set('before', null)] : []
            change(set('limit', limit), ...instead)
          }}
        />
      </Field>
      <Field label={t('rules:clocks.calendar')} at={`${at}/calendar`}>
        <One
          value={clock.calendar}
          options={vocabulary.calendars}
          label={t('rules:clocks.calendar')}
          none={t('rules:clocks.always')}
          locked={locked}
          onChange={calendar => change(set('calendar', calendar))}
        />
      </Field>
      <Field label={t('rules:clocks.anchor')} at={`${at}/anchor`}>
        <One
          value={clock.anchor}
          options={vocabulary.anchors}
          label={t('rules:clocks.anchor')}
          none={t('rules:clocks.no_anchor')}
          locked={locked}
          onChange={anchor => {
            const instead = anchor ? [set('limit', null), set('calendar', null)] : [set('before', null)]
            change(set('anchor', anchor), ...instead)
          }}
        />
      </Field>
      {span('before')}
      {span('warn_before')}
    </>
  )
}

function Levels(props: { levels: Level[]; part: PartProps; onChange: (levels: Level[] | null) => void }) {
  const { t } = useTranslation()
  const { levels, part } = props
  const { roles } = part.vocabulary
  const replace = (place: number, level: Partial<Level>) =>
    props.onChange(levels.map((old, other) => (other === place ? { ...old, ...level } : old)))
  return (
    <div className="rule-levels">
      {levels.map((level, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
        <div key={place} className="rule-level">
          <Typed
            value={level.after}
            label={t('rules:clocks.level_after', { level: place + 1 })}
            locked={part.locked}
            mono
            onChange={after => replace(place, { after: after.trim() })}
          />
          <One
            value={level.role}
            options={roles}
            label={t('rules:clocks.level_role', { level: place + 1 })}
            locked={part.locked}
            onChange={role => role && replace(place, { role })}
          />
          {!part.locked && (
            <Button
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('rules:remove', { name: t('rules:clocks.level', { level: place + 1 }) })}
              onClick={() => {
                const left = levels.filter((_, other) => other !== place)
                props.onChange(left.length > 0 ? left : null)
              }}
            />
          )}
        </div>
      ))}
      {levels.length === 0 && part.locked && <span>–</span>}
      {!part.locked && levels.length < 9 && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          style={{ alignSelf: 'start' }}
          onClick={() => {
            const last = levels[levels.length - 1]
            props.onChange([...levels, { after: last?.after ?? '1h', role: last?.role ?? roles[0]?.code ?? '' }])
          }}
        >
          {t('rules:clocks.add_level')}
        </Button>
      )}
    </div>
  )
}
