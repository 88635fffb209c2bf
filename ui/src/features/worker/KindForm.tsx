import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Radio, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { WholeInput } from '@/components/form/WholeInput'
import { post, put } from '@/lib/api/client'
import type { TaskKind, TaskOptions } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { NameFields } from './NameFields'

type Kind = Omit<TaskKind, 'version' | 'checklist'>

interface Values extends Kind {
  /** One step a line. */
  checklist: string
}

const NEW: Values = {
  code: '',
  name: { 'zh-CN': '', 'zh-TW': '', en: '' },
  skills: [],
  role: '',
  planned_minutes: 60,
  due_hours: 24,
  priority: 3,
  checklist: '',
  active: true,
}

interface Props {
  kind: TaskKind | null
  options: TaskOptions
  onClose: () => void
}

/** A new kind of task, or one to be changed. */
export function KindForm({ kind, options, onClose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async ({ code, checklist, ...values }: Values) => {
    const steps = checklist
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean)
    const body = { ...values, checklist: steps }
    if (kind) await put(`/task-kinds/${kind.code}`, body, { version: kind.version })
    else await post('/task-kinds', { code, ...body })
    await client.invalidateQueries({ queryKey: ['workers'] })
    void message.success(t('common:saved'))
    onClose()
  }
  const words = (all: { code: string; name: string }[]) => all.map(one => ({ value: one.code, label: one.name }))
  const { version: _, ...known } = kind ?? { version: 0, ...NEW, checklist: [] }
  return (
    <FormDialog<Values>
      title={t(kind ? 'task:kinds.edit' : 'task:kinds.new')}
      draftKey={`task-kind.${kind ? `${kind.code}.${kind.version}` : 'new'}`}
      width={640}
      initial={{ ...known, checklist: known.checklist.join('\n') }}
      onSubmit={save}
      onClose={onClose}
    >
      <NameFields known={kind !== null} />
      <div className="pair">
        <Form.Item name="skills" label={t('task:field.skills')}>
          <Select mode="multiple" options={words(options.skills)} placeholder={t('task:hint.skills')} />
        </Form.Item>
        <Form.Item name="role" label={t('task:field.role')}>
          <Select options={[{ value: '', label: t('task:anyone') }, ...words(options.roles)]} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="planned_minutes" label={t('task:field.planned_minutes')}>
          <WholeInput max={100000} />
        </Form.Item>
        <Form.Item name="due_hours" label={t('task:kinds.due_hours')} extra={t('task:kinds.no_limit')}>
          <WholeInput max={10000} />
        </Form.Item>
      </div>
      <Form.Item name="priority" label={t('task:field.priority')}>
        <Radio.Group
          optionType="button"
          options={[1, 2, 3, 4].map(value => ({ value, label: t(`task:priority.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="checklist" label={t('task:kinds.checklist')} extra={t('task:kinds.checklist_hint')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
      <Form.Item name="active" label={t('form:active')} valuePropName="checked" extra={t('task:kinds.inactive_hint')}>
        <Switch />
      </Form.Item>
    </FormDialog>
  )
}
