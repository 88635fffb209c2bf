import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule } from '@/components/form/rules'
import { get, post, put } from '@/lib/api/client'
import type { TaskOptions, Worker } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Held {
  skill: string
  level: number
}

interface Values {
  user_id: string | null
  kind: Worker['kind']
  skills: Held[]
  city: string
  district: string
  /** Hours of work a day. */
  hours: number
  phone: string
  active: boolean
}

const NEW: Values = {
  user_id: null,
  kind: 'own',
  skills: [],
  city: '',
  district: '',
  hours: 8,
  phone: '',
  active: true,
}

/** A new profile (`id` is `new`), or one to be changed. */
export function WorkerForm({ id, onClose }: { id: string; onClose: () => void }) {
  const options = useQuery({
    queryKey: ['workers', 'options'],
    queryFn: () => get<TaskOptions>('/tasks/options'),
  }).data
  const worker = useQuery({
    queryKey: ['workers', 'one', id],
    queryFn: () => get<Worker>(`/workers/${id}`),
    enabled: id !== 'new',
  }).data
  if (!options || (id !== 'new' && !worker)) return null
  return <Fields worker={worker ?? null} options={options} onClose={onClose} />
}

function valuesOf(worker: Worker): Values {
  const { kind, city, district, phone, active } = worker
  const skills = worker.skills.map(held => ({ skill: held.skill.code, level: held.level }))
  return { user_id: worker.id, kind, city, district, phone, active, skills, hours: worker.capacity_minutes / 60 }
}

function Fields(props: { worker: Worker | null; options: TaskOptions; onClose: () => void }) {
  const { worker, options, onClose } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async ({ hours, ...values }: Values) => {
    const body = { ...values, capacity_minutes: Math.round(hours * 60) }
    if (worker) await put(`/workers/${worker.id}`, body, { version: worker.version })
    else await post('/workers', body)
    await client.invalidateQueries({ queryKey: ['workers'] })
    void message.success(t('task:worker.saved'))
    onClose()
  }
  const people = worker ? [{ id: worker.id, name: worker.name }] : options.people
  return (
    <FormDialog<Values>
      title={worker ? worker.name : t('task:worker.new')}
      draftKey={`worker.${worker ? `${worker.id}.${worker.version}` : 'new'}`}
      width={600}
      initial={worker ? valuesOf(worker) : NEW}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="user_id" label={t('task:worker.user')} rules={[chosenRule(t)]}>
          <Select
            disabled={worker !== null}
            showSearch={{ optionFilterProp: 'label' }}
            options={people.map(one => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t('task:worker.kind')}>
          <Radio.Group
            optionType="button"
            options={(['own', 'contractor'] as const).map(value => ({ value, label: t(`task:worker_kind.${value}`) }))}
          />
        </Form.Item>
      </div>
      <RowsField<Held>
        name="skills"
        label={t('task:field.skills')}
        template="1fr 130px"
        blank={{ skill: '', level: 3 }}
        addLabel={t('task:worker.add_skill')}
        fields={[
          {
            id: 'skill',
            label: t('task:worker.skill'),
            rules: [chosenRule(t)],
            control: <Select options={options.skills.map(one => ({ value: one.code, label: one.name }))} />,
          },
          {
            id: 'level',
            label: t('task:worker.level_label'),
            control: (
              <Select
                options={[1, 2, 3, 4, 5].map(value => ({ value, label: t('task:worker.level_of', { level: value }) }))}
              />
            ),
          },
        ]}
      />
      <div className="pair">
        <Form.Item name="city" label={t('task:field.city')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="district" label={t('task:field.district')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="hours" label={t('task:worker.hours')}>
          <InputNumber min={0} max={24} step={0.5} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="phone" label={t('task:worker.phone')}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name="active" label={t('form:active')} valuePropName="checked" extra={t('task:worker.inactive_hint')}>
        <Switch />
      </Form.Item>
    </FormDialog>
  )
}
