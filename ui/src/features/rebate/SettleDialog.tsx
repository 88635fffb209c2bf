/** Approves a settlement: what the orders do not take is paid by a remittance, which is named. */
import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Rebate } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'

interface Props {
  rebate: Rebate
  busy: boolean
  error: string | null
  onSubmit: (given: { reference: string }) => void
  onClose: () => void
}

export default function SettleDialog({ rebate, busy, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reference: string }>()
  const settlement = rebate.settlement
  if (!settlement) return null
  return (
    <Modal
      open
      width={480}
      title={`${t('rebate:verb.settle')} ${rebate.number}`}
      okText={t('rebate:verb.settle')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: busy }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>
        {t('rebate:settle.amount', {
          amount: formatMoney(settlement.amount),
          orders: settlement.orders.map(order => order.number).join(', ') || '—',
        })}
      </p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ reference: '' }} onFinish={onSubmit}>
        {settlement.pay_rest && (
          <Form.Item
            name="reference"
            label={t('rebate:settle.reference')}
            extra={t('rebate:settle.reference_hint')}
            validateStatus={error ? 'error' : undefined}
            help={error ?? undefined}
          >
            <Input maxLength={200} autoFocus />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
