import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Task } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCandidates, useRefreshTasks } from './queries'

interface Values {
  user_id: string | null
  reason: string
}

/** Hands a task over to somebody else, who is asked first. */
export function HandOverTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshTasks()
  const message = useMessage()
  const candidates = useCandidates(task.id).data ?? []
  const save = async (values: Values) => {
    await post(`/tasks/${task.id}/hand-over`, values)
    refresh()
    void message.success(t('task:did.hand-over'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={`${t('task:verb.hand-over')} ${task.row.number}`}
      draftKey={null}
      initial={{ user_id: null, reason: '' }}
      submitLabel={t('task:verb.hand-over')}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="user_id" label={t('task:hand_over_to')} rules={[chosenRule(t)]}>
        <Select
          autoFocus
          options={candidates.map(one => ({
            value: one.user.id,
            label: `${one.user.name}（${one.reasons.join('；')}）`,
          }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
