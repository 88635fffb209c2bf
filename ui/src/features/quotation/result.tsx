import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { QUOTATION_REASONS, type Quotation, type QuotationReason } from '@/lib/api/types'
import { useQuotationStep } from './queries'

/** What comes of an offer: how it went out, why it was won, why it was lost. */
export default function Result({
  quotation,
  verb,
  onClose,
}: {
  quotation: Quotation
  verb: 'send' | 'win' | 'lose'
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<QuotationReason | null>(null)
  const [note, setNote] = useState('')
  const step = useQuotationStep<{ reason?: QuotationReason; note: string }>(quotation, verb, onClose)
  const missing = verb === 'lose' && (!reason || (reason === 'other' && note.trim() === ''))
  return (
    <Modal
      open
      title={`${t(`quotation:verb.${verb}`)} ${quotation.number}`}
      okText={t(`quotation:verb.${verb}`)}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: missing, danger: verb === 'lose', loading: step.isPending }}
      onOk={() => step.mutate({ ...(reason ? { reason } : {}), note })}
      onCancel={onClose}
    >
      <div className="quotation-result">
        {verb !== 'send' && (
          <Select
            aria-label={t(`quotation:why.${verb}`)}
            placeholder={t(`quotation:why.${verb}`)}
            value={reason}
            allowClear
            onChange={value => setReason(value ?? null)}
            options={QUOTATION_REASONS.map(value => ({ value, label: t(`quotation:reason.${value}`) }))}
          />
        )}
        <Input.TextArea
          rows={3}
          maxLength={500}
          aria-label={t(verb === 'send' ? 'quotation:how_sent' : 'quotation:note')}
          placeholder={t(verb === 'send' ? 'quotation:how_sent' : 'quotation:note')}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
      </div>
    </Modal>
  )
}
