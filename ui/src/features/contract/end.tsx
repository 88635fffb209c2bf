import { Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contract } from '@/lib/api/types'
import { isZero } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useContractStep } from './queries'

/** Ends a contract; what remains is shown, and given up only where that is said. */
export default function End({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [agreed, setAgreed] = useState(false)
  const end = useContractStep<{ reason: string; give_up_remaining: boolean }>(contract, 'end', onClose)
  const left = contract.lines.filter(line => line.remaining && !isZero(line.remaining.value))
  return (
    <Modal
      open
      title={`${t('contract:verb.end')} ${contract.number}`}
      okText={t('contract:verb.end')}
      cancelText={t('common:cancel')}
      okButtonProps={{
        danger: true,
        disabled: reason.trim() === '' || (left.length > 0 && !agreed),
        loading: end.isPending,
      }}
      onOk={() => end.mutate({ reason, give_up_remaining: agreed })}
      onCancel={onClose}
    >
      <div className="contract-end">
        <p className="soft">{t('contract:follows.end')}</p>
        {left.length > 0 && (
          <>
            <strong>{t('contract:remains', { count: left.length })}</strong>
            <ul>
              {left.map(line => (
                <li key={line.line_no}>
                  {line.product.name}：<span className="mono">{line.remaining && formatQuantity(line.remaining)}</span>
                </li>
              ))}
            </ul>
            <Checkbox checked={agreed} onChange={event => setAgreed(event.target.checked)}>
              {t('contract:give_up')}
            </Checkbox>
          </>
        )}
        <Input.TextArea
          rows={3}
          maxLength={500}
          autoFocus
          aria-label={t('contract:why_end')}
          placeholder={t('contract:why_end')}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
      </div>
    </Modal>
  )
}
