/** One working calendar: its hours, holidays and make-up days. What runs by it is reckoned anew when it is saved. */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { post, put } from '@/lib/api/client'
import type { Calendar } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { areHours, type Days, parseHours, WEEKDAYS } from './days'
import { YearView } from './YearView'
import './calendar.css'

interface Values {
  code: string
  name: Calendar['name']
  zone: string
  always: boolean
  /** As typed, by weekday. */
  hours: Record<string, string>
  days: Days
}

const ZONES = Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))

function valuesOf(calendar: Calendar): Values {
  const { code, name, zone, always, holidays, make_up } = calendar
  const hours = Object.fromEntries(WEEKDAYS.map(day => [day, calendar[day].join(' ')]))
  return { code, name, zone, always, hours, days: { holidays, make_up } }
}

function newValues(zone: string): Values {
  const hours = Object.fromEntries(WEEKDAYS.map((day, place) => [day, place < 5 ? '09:00-12:00 13:00-18:00' : '']))
  return {
    code: '',
    name: { 'zh-CN': '', 'zh-TW': '', en: '' },
    zone,
    always: false,
    hours,
    days: { holidays: [], make_up: [] },
  }
}

interface Props {
  /** None: a new one. */
  calendar: Calendar | null
  onSaved: (code: string) => void
  onCancel: () => void
  above: React.ReactNode
  extra?: React.ReactNode
}

export function CalendarForm({ calendar, onSaved, onCancel, above, extra }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const { session } = useSession()
  const [form] = Form.useForm<Values>()
  const initial = calendar ? valuesOf(calendar) : newValues(session.company.time_zone)
  const always = Form.useWatch('always', form) ?? initial.always
  const hours = Form.useWatch('hours', form) ?? initial.hours
  const week = WEEKDAYS.map(day => parseHours(hours[day]))
  const save = async (values: Values) => {
    const body = {
      code: values.code,
      name: values.name,
      zone: values.zone,
      always: values.always,
      ...Object.fromEntries(WEEKDAYS.map(day => [day, parseHours(values.hours[day])])),
      ...values.days,
    }
    if (calendar) await put(`/calendars/${calendar.code}`, body, { version: calendar.version })
    else await post('/calendars', body)
    await client.invalidateQueries({ queryKey: ['calendars'] })
    void client.invalidateQueries({ queryKey: ['clocks'] })
    void message.success(t('calendar:saved'))
    onSaved(values.code)
  }
  const hoursRule = {
    validator: (_: unknown, value: string | undefined) =>
      areHours(value) ? Promise.resolve() : Promise.reject(new Error(t('calendar:check.hours'))),
  }
  return (
    <FormPage<Values>
      title={t('nav:calendars')}
      draftKey={`calendar.${calendar ? `${calendar.code}.${calendar.version}` : 'new'}`}
      initial={initial}
      form={form}
      onSubmit={save}
      onCancel={onCancel}
      above={above}
      extra={extra}
    >
      <FormSection title={t('calendar:section.name')}>
        <Form.Item name="code" label={t('calendar:field.code')} rules={[requiredRule(t)]}>
          <Input maxLength={40} disabled={calendar !== null} />
        </Form.Item>
        <Form.Item name={['name', 'zh-CN']} label={t('calendar:field.name_zh_cn')} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['name', 'zh-TW']} label={t('calendar:field.name_zh_tw')} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={t('calendar:field.name_en')} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="zone" label={t('calendar:field.zone')} rules={[chosenRule(t)]}>
          <Select showSearch options={ZONES} />
        </Form.Item>
        <Form.Item
          name="always"
          label={t('calendar:field.always')}
          valuePropName="checked"
          extra={t('calendar:hint.always')}
        >
          <Switch />
        </Form.Item>
      </FormSection>
      {!always && (
        <>
          <FormSection title={t('calendar:section.week')}>
            {WEEKDAYS.map(day => (
              <Form.Item key={day} name={['hours', day]} label={t(`calendar:day.${day}`)} rules={[hoursRule]}>
                <Input placeholder={t('calendar:rest')} className="mono" maxLength={150} />
              </Form.Item>
            ))}
            <p className="soft wide calendar-hint">{t('calendar:hint.hours')}</p>
          </FormSection>
          <FormSection title={t('calendar:section.days')} flush>
            <Form.Item name="days" noStyle>
              <YearView week={week} always={always} />
            </Form.Item>
          </FormSection>
        </>
      )}
    </FormPage>
  )
}
