import { Button, Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOrderStep, type VerbProps } from './step'

interface Answer {
  score: number
  comment: string
}

/** What the customer said after delivery, and how content they are. */
export function FollowUpOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Answer>()
  const step = useOrderStep<Answer>(order, 'follow-up', { onDone })
  return (
    <Modal
      open
      title={t('order-step:title.follow-up', { number: order.number })}
      onCancel={onClose}
      footer={null}
      width={480}
    >
      <Form<Answer>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ comment: '' }}
        onFinish={values => step.mutate(values)}
      >
        <Form.Item
          name="score"
          label={t('order:follow.score')}
          rules={[{ required: true, message: t('common:required') }]}
        >
          <Radio.Group
            optionType="button"
            options={[5, 4, 3, 2, 1].map(value => ({ value, label: t(`order:follow.score_${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="comment" label={t('order:follow.comment')}>
          <Input.TextArea rows={3} maxLength={1000} autoFocus />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('common:back')}</Button>
          <Button type="primary" htmlType="submit" loading={step.isPending}>
            {t('order:follow.confirm')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
