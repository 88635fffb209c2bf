import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Task } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useRefreshTasks } from './queries'

interface Values {
  quality: number
  timeliness: number
  comment: string
}

/** How good the result is and how well the time was kept. */
export function EvaluateTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshTasks()
  const message = useMessage()
  const { row } = task
  const inTime = row.due_at === null || row.delivered_at === null || row.delivered_at <= row.due_at
  const scores = [5, 4, 3, 2, 1].map(value => ({ value, label: t(`task:evaluation.score_${value}`) }))
  const save = async (values: Values) => {
    await post(`/tasks/${task.id}/evaluate`, values)
    refresh()
    void message.success(t('task:did.evaluate'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={`${t('task:verb.evaluate')} ${row.number}`}
      draftKey={null}
      initial={{ quality: 5, timeliness: inTime ? 5 : 3, comment: '' }}
      submitLabel={t('task:verb.evaluate')}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="soft">
        {t('task:evaluation.facts', {
          due: row.due_at ? formatInstant(row.due_at) : '–',
          delivered: row.delivered_at ? formatInstant(row.delivered_at) : '–',
        })}
      </p>
      <Form.Item name="quality" label={t('task:evaluation.quality')} rules={[chosenRule(t)]}>
        <Radio.Group optionType="button" options={scores} />
      </Form.Item>
      <Form.Item name="timeliness" label={t('task:evaluation.timeliness')} rules={[chosenRule(t)]}>
        <Radio.Group optionType="button" options={scores} />
      </Form.Item>
      <Form.Item name="comment" label={t('task:evaluation.comment')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
