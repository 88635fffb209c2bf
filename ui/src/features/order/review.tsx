import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Checklist, useChecklist } from './Checklist'
import { useOrderStep, type VerbProps } from './step'

/** A second person checks the order item by item. */
export function ReviewOrder({ order, onClose, onDone }: VerbProps) {
  const { t } = useTranslation()
  const { ticked, setTicked, complete } = useChecklist(order)
  const step = useOrderStep<{ checklist: string[] }>(order, 'review', { onDone })
  return (
    <Modal
      open
      title={t('order-step:title.review', { number: order.number })}
      onCancel={onClose}
      width={480}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common:back')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          disabled={!complete}
          loading={step.isPending}
          onClick={() => step.mutate({ checklist: ticked })}
        >
          {t('order-step:review.confirm')}
        </Button>,
      ]}
    >
      <Checklist order={order} ticked={ticked} onChange={setTicked} />
    </Modal>
  )
}
