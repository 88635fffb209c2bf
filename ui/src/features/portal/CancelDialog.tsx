import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '@/lib/format'
import { usePost } from '@/lib/step'
import { useRefresh } from './queries'
import type { PortalOrder, PortalOrderState } from './types'

/** Cancels an order that is not confirmed yet; says what that means first. */
export default function CancelDialog({ order, onClose }: { order: PortalOrder; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [reason, setReason] = useState('')
  const cancel = usePost<{ reason: string }, PortalOrderState>(`/portal/orders/${order.id}/cancel`, {
    version: () => order.version,
    done: t('portal:cancel.done'),
    onDone: () => {
      refresh()
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('portal:cancel.title')}
      okText={t('portal:cancel.submit')}
      cancelText={t('portal:cancel.keep')}
      okButtonProps={{ danger: true, loading: cancel.isPending }}
      onOk={() => cancel.mutate({ reason })}
      onCancel={onClose}
    >
      <p>
        {t('portal:cancel.text', {
          number: order.number,
          payable: formatMoney(order.payable),
          count: order.lines.length,
        })}
      </p>
      <label htmlFor="cancel-reason">{t('portal:cancel.reason')}</label>
      <Input.TextArea
        id="cancel-reason"
        autoSize={{ minRows: 2 }}
        maxLength={300}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
    </Modal>
  )
}
