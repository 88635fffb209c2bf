/** Whose days promises count: calendars of company and carriers, days in the warehouse and on the way, when customers receive (PRM-01). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { get, put } from '@/lib/api/client'
import type { Calendar, PromiseDays } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { PromiseTabs } from './tabs'

interface Values {
  calendar: string | null
  carrier_calendar: string | null
  warehouses: { warehouse_id: string | null; handling_days: number | null; transit_days: number | null }[]
  customers: { customer_id: string | null; calendar: string | null; transit_days: number | null }[]
}

export function DaysPage() {
  const query = useQuery({ queryKey: ['promise', 'days'], queryFn: () => get<PromiseDays>('/promise/days') })
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Days key={query.data.version} days={query.data} />
}

function Days({ days }: { days: PromiseDays }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const message = useMessage()
  const mayEdit = useCan('company.edit')
  const calendars = useQuery({ queryKey: ['calendars'], queryFn: () => get<Calendar[]>('/calendars') })
  const options = (calendars.data ?? []).map(one => ({ value: one.code, label: one.name }))
  const calendar = <Select allowClear disabled={!mayEdit} placeholder={t('promise:days.every')} options={options} />
  const whole = <WholeInput max={365} suffix={t('promise:days.day')} />
  const save = async (values: Values) => {
    const said = {
      calendar: values.calendar ?? '',
      carrier_calendar: values.carrier_calendar ?? '',
      warehouses: values.warehouses.map(one => ({
        warehouse_id: one.warehouse_id ?? '',
        handling_days: one.handling_days ?? 0,
        transit_days: one.transit_days ?? 0,
      })),
      customers: values.customers.map(one => ({
        customer_id: one.customer_id ?? '',
        calendar: one.calendar ?? '',
        transit_days: one.transit_days,
      })),
    }
    await put('/promise/days', said, { version: days.version })
    await client.invalidateQueries({ queryKey: ['promise'] })
    void message.success(t('promise:days.saved'))
  }
  return (
    <FormPage<Values>
      title={t('nav:promise')}
      above={
        <div className="gap-below">
          <PromiseTabs />
        </div>
      }
      draftKey="promise.days"
      initial={{
        calendar: days.calendar || null,
        carrier_calendar: days.carrier_calendar || null,
        warehouses: days.warehouses.map(one => ({
          warehouse_id: one.warehouse.id,
          handling_days: one.handling_days,
          transit_days: one.transit_days,
        })),
        customers: days.customers.map(one => ({
          customer_id: one.customer.id,
          calendar: one.calendar || null,
          transit_days: one.transit_days ?? null,
        })),
      }}
      onSubmit={save}
      onCancel={() => void navigate('/promise')}
    >
      <FormSection title={t('promise:days.calendars')}>
        <Form.Item name="calendar" label={t('promise:days.own')} extra={t('promise:days.own_hint')}>
          {calendar}
        </Form.Item>
        <Form.Item name="carrier_calendar" label={t('promise:days.carrier')} extra={t('promise:days.carrier_hint')}>
          {calendar}
        </Form.Item>
      </FormSection>
      <FormSection title={t('promise:days.warehouses')} flush>
        <RowsField
          name="warehouses"
          label={t('promise:days.warehouses')}
          template="2fr 1fr 1fr"
          blank={{ warehouse_id: null, handling_days: 0, transit_days: 0 }}
          addLabel={t('promise:days.add_warehouse')}
          fields={[
            {
              id: 'warehouse_id',
              label: t('promise:days.warehouse'),
              rules: [chosenRule(t)],
              control: <Pick kind="warehouse" />,
            },
            { id: 'handling_days', label: t('promise:days.handling'), control: whole },
            { id: 'transit_days', label: t('promise:days.transit'), control: whole },
          ]}
        />
      </FormSection>
      <FormSection title={t('promise:days.customers')} flush>
        <RowsField
          name="customers"
          label={t('promise:days.customers')}
          template="2fr 1fr 1fr"
          blank={{ customer_id: null, calendar: null, transit_days: null }}
          addLabel={t('promise:days.add_customer')}
          fields={[
            {
              id: 'customer_id',
              label: t('promise:days.customer'),
              rules: [chosenRule(t)],
              control: <Pick kind="customer" />,
            },
            { id: 'calendar', label: t('promise:days.receives'), control: calendar },
            { id: 'transit_days', label: t('promise:days.transit'), control: whole },
          ]}
        />
      </FormSection>
    </FormPage>
  )
}
