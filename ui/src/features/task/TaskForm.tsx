import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { post, put } from '@/lib/api/client'
import type { Task, TaskOptions, TaskState } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useRefreshTasks, useTaskOptions } from './queries'

interface Values {
  kind: string
  title: string
  detail: string
  order_id: string
  role: string
  priority: number
  city: string
  district: string
  place: string
  skills: string[]
  planned_minutes: number
  /** As `datetime-local` fields hold it. */
  due_at: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** An instant as the clock on this desk shows it, for a `datetime-local` field. */
export function localTime(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What a kind of task usually is. */
function usual(options: TaskOptions, code: string, now: Date): Partial<Values> {
  const kind = options.kinds.find(one => one.code === code)
  if (!kind) return {}
  const due = kind.due_hours > 0 ? localTime(new Date(now.getTime() + kind.due_hours * 3_600_000)) : ''
  const { role, priority, skills, planned_minutes } = kind
  return { title: kind.name, role, priority, skills, planned_minutes, due_at: due }
}

const EMPTY: Values = {
  kind: '',
  title: '',
  detail: '',
  order_id: '',
  role: '',
  priority: 3,
  city: '',
  district: '',
  place: '',
  skills: [],
  planned_minutes: 60,
  due_at: '',
}

function valuesOf(task: Task): Values {
  const { row } = task
  return {
    kind: row.kind.code,
    title: row.title,
    detail: task.detail,
    order_id: row.order?.number ?? '',
    role: row.role?.code ?? '',
    priority: row.priority,
    city: row.city,
    district: row.district,
    place: row.place,
    skills: task.skills.map(skill => skill.code),
    planned_minutes: row.planned_minutes,
    due_at: row.due_at ? localTime(new Date(row.due_at)) : '',
  }
}

interface Props {
  /** The task to be changed; a new one without it. */
  task?: Task
  /** Id or number of the order a new one is about. */
  order?: string
  onClose: () => void
}

/** A new task, or one to be changed. */
export function TaskForm(props: Props) {
  const options = useTaskOptions().data
  return options ? <Fields {...props} options={options} /> : null
}

function Fields({ task, order, options, onClose }: Props & { options: TaskOptions }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const navigate = useNavigate()
  const refresh = useRefreshTasks()
  const message = useMessage()
  const save = async (values: Values) => {
    const due = values.due_at ? new Date(values.due_at).toISOString() : null
    const body = { ...values, order_id: values.order_id.trim() || null, due_at: due }
    if (task) await put(`/tasks/${task.id}`, body, { version: task.version })
    const made = task ? null : await post<TaskState>('/tasks', body)
    refresh()
    void message.success(t('task:saved'))
    onClose()
    if (made && !order) void navigate(`/tasks/${made.id}`)
  }
  const words = (all: { code: string; name: string }[]) => all.map(one => ({ value: one.code, label: one.name }))
  return (
    <FormDialog<Values>
      title={t(task ? 'task:edit' : 'task:new')}
      draftKey={`task.${task ? `${task.id}.${task.version}` : `new.${order ?? ''}`}`}
      width={640}
      form={form}
      initial={task ? valuesOf(task) : { ...EMPTY, order_id: order ?? '' }}
      onChange={changed => {
        if (changed.kind && !task) form.setFieldsValue(usual(options, changed.kind, new Date()))
      }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="kind" label={t('task:field.kind')} rules={[chosenRule(t)]}>
          <Select autoFocus={!task} options={words(options.kinds)} placeholder={t('task:hint.kind')} />
        </Form.Item>
        <Form.Item name="order_id" label={t('task:field.order')} hidden={Boolean(order)}>
          <Input maxLength={60} disabled={Boolean(task)} placeholder={t('task:hint.order')} />
        </Form.Item>
      </div>
      <Form.Item name="title" label={t('task:field.title')} rules={[requiredRule(t)]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="detail" label={t('task:field.detail')}>
        <Input.TextArea rows={2} maxLength={4000} autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      <Form.Item name="priority" label={t('task:field.priority')}>
        <Radio.Group
          optionType="button"
          options={[1, 2, 3, 4].map(value => ({ value, label: t(`task:priority.${value}`) }))}
        />
      </Form.Item>
      <div className="pair">
        <Form.Item name="due_at" label={t('task:field.due_at')}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="planned_minutes" label={t('task:field.planned_minutes')}>
          <WholeInput max={100000} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="skills" label={t('task:field.skills')}>
          <Select mode="multiple" options={words(options.skills)} placeholder={t('task:hint.skills')} />
        </Form.Item>
        <Form.Item name="role" label={t('task:field.role')}>
          <Select options={[{ value: '', label: t('task:anyone') }, ...words(options.roles)]} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="city" label={t('task:field.city')}>
          <Input maxLength={60} placeholder={task ? undefined : t('task:hint.place')} />
        </Form.Item>
        <Form.Item name="district" label={t('task:field.district')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name="place" label={t('task:field.place')}>
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}
