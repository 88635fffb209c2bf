/** Says how soon an order gets goods that are scarce. */
import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Order } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Values {
  priority: number
  reason: string
}

export default function PriorityDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async (values: Values) => {
    await post(`/orders/${order.id}/prioritize`, values)
    await client.invalidateQueries({ queryKey: ['orders'] })
    await client.invalidateQueries({ queryKey: ['stock'] })
    void message.success(t('reservation:priority.done', { priority: values.priority }))
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('reservation:priority.title', { number: order.number })}
      draftKey={`order.priority.${order.id}.${order.version}`}
      width={480}
      submitLabel={t('reservation:priority.submit')}
      initial={{ priority: order.priority, reason: '' }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="priority" label={t('reservation:field.priority')} extra={t('reservation:priority.hint')}>
        <Segmented block options={[1, 2, 3, 4, 5, 6, 7, 8, 9]} />
      </Form.Item>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
