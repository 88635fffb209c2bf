import { Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeOrder } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useAnswers, useChangeStep } from './queries'
import './change.css'

/** What the customer said: a yes with the paper that proves it, or a no with its reason. */
export function AnswerChange({ change, onClose }: { change: ChangeOrder; onClose: () => void }) {
  const { t } = useTranslation()
  const answers = useAnswers(change.order.id)
  const [accepted, setAccepted] = useState(true)
  const [evidence, setEvidence] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const step = useChangeStep<{ accepted: boolean; note: string; evidence_id: string | null }>(change, 'answer', onClose)
  const chosen = evidence ?? answers.data?.at(-1)?.id ?? null
  const ready = accepted ? chosen !== null : note.trim() !== ''
  return (
    <Modal
      open
      title={`${t('change:verb.answer')} ${change.number}`}
      okText={t(accepted ? 'change:answer.apply' : 'change:answer.end')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: !ready, danger: !accepted, loading: step.isPending }}
      onOk={() => step.mutate({ accepted, note, evidence_id: accepted ? chosen : null })}
      onCancel={onClose}
    >
      <div className="change-answer">
        <Radio.Group
          value={accepted}
          onChange={event => setAccepted(event.target.value as boolean)}
          options={[
            { value: true, label: t('change:answer.yes') },
            { value: false, label: t('change:answer.no') },
          ]}
        />
        {accepted && answers.data?.length === 0 && <p className="ink-risk">{t('change:answer.no_evidence')}</p>}
        {accepted && (answers.data?.length ?? 0) > 0 && (
          <Select
            aria-label={t('change:answer.evidence')}
            value={chosen}
            onChange={setEvidence}
            options={(answers.data ?? []).map(item => ({
              value: item.id,
              label: `${item.kind_name} · ${item.given_by} · ${formatInstant(item.given_at)}`,
            }))}
          />
        )}
        <Input.TextArea
          rows={3}
          maxLength={500}
          aria-label={t('change:answer.note')}
          placeholder={t(accepted ? 'change:answer.note' : 'change:answer.why')}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
      </div>
    </Modal>
  )
}
