import { CheckSquareFilled, MinusSquareOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Approval, Order, Tone } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'

const TONES: Record<string, Tone> = { approved: 'done', returned: 'risk', rejected: 'late' }

function toneOf(approval: Approval): Tone {
  return approval.decision ? (TONES[approval.decision] ?? 'going') : 'idle'
}

/** Who decided what, and what the reviewer checked. */
export function Approvals({ order }: { order: Order }) {
  const { t } = useTranslation()
  return (
    <div className="two-columns">
      <Card title={t('order:approvals.title')} flush>
        {order.approvals.length === 0 ? (
          <p className="soft card-body">{t('order:approvals.none')}</p>
        ) : (
          <ol className="steps">
            {order.approvals.map(approval => (
              <li key={`${approval.step}-${approval.role}-${approval.at ?? ''}`}>
                <span className="soft">{t('order:approvals.step', { step: approval.step })}</span>
                <span className="strong">{approval.role_name}</span>
                <StateTag tone={toneOf(approval)}>{t(`order:approvals.${approval.decision ?? 'pending'}`)}</StateTag>
                <span className="soft grow" style={{ textAlign: 'end' }}>
                  {approval.by} {approval.at && formatInstant(approval.at)}
                </span>
                {approval.note && <span className="steps-note">{approval.note}</span>}
              </li>
            ))}
          </ol>
        )}
      </Card>
      <Card title={t('order:approvals.checklist')}>
        <ul className="checked">
          {order.checklist.map(item => (
            <li key={item.code} className={item.ticked ? undefined : 'soft'}>
              {item.ticked ? <CheckSquareFilled className="ink-done" /> : <MinusSquareOutlined />} {item.text}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
