import { Button, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { GateList } from '@/components/GateList'
import type { Gate, Order, OrderState } from '@/lib/api/types'
import { usePost } from '@/lib/step'
import { useRefreshOrders } from './step'

/** Lets the order pass a gate once, with a reason and the time by which what is missing will be brought. */
export default function OverrideGate(props: { order: Order; gate: Gate; verb: string; onClose: () => void }) {
  const { order, gate, verb, onClose } = props
  const { t } = useTranslation()
  const refresh = useRefreshOrders()
  const [form] = Form.useForm<{ reason: string; by?: string }>()
  const pass = usePost<{ reason: string; by?: string }, OrderState>(`/orders/${order.id}/override-gate`, {
    body: ({ reason, by }) => ({ gate: gate.code, verb, reason, backfill_by: by ? new Date(by).toISOString() : null }),
    version: () => order.version,
    done: t('order-step:override.done', { verb: t(`order:verb.${verb}`) }),
    onDone: () => {
      refresh()
      onClose()
    },
  })
  return (
    <Modal open width={500} footer={null} destroyOnHidden title={t('order-step:override.title')} onCancel={onClose}>
      <GateList gates={[gate]} />
      <ul className="consequences">
        <li>{t('order-step:override.once', { verb: t(`order:verb.${verb}`) })}</li>
        <li>{t('order-step:override.kept')}</li>
      </ul>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={values => pass.mutate(values)}>
        <Form.Item
          name="reason"
          label={t('common:reason')}
          rules={[{ required: true, whitespace: true, message: t('common:reason_required') }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item name="by" label={t('order-step:override.by')} extra={t('order-step:override.by_hint')}>
          <Input type="datetime-local" />
        </Form.Item>
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t('common:back')}</Button>
          <Button type="primary" danger htmlType="submit" loading={pass.isPending}>
            {t('common:override.button')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
