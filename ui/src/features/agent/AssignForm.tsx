import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { type Agent, useRefreshAgents } from './queries'

interface Values {
  customer_id: string | null
}

/** Says that a customer orders through an agent. */
export default function AssignForm({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshAgents()
  const save = async (values: Values) => {
    await post(`/agents/${agent.id}/assign`, values)
    refresh()
    void message.success(t('agent:assigned'))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('agent:assign')}
      draftKey={null}
      initial={{ customer_id: null }}
      submitLabel={t('agent:assign')}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item
        name="customer_id"
        label={t('agent:field.end_customer')}
        extra={t('agent:assign_hint')}
        rules={[chosenRule(t)]}
      >
        <Pick kind="customer" clearable={false} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
