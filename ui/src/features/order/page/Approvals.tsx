import { CheckSquareFilled, MinusSquareOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Approval, Order, Tone } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { Overrides } from './Overrides'
import { Questions } from './Questions'

const TONES: Record<string, Tone> = { approved: 'done', returned: 'risk', rejected: 'late' }

function toneOf(approval: Approval): Tone {
  return approval.decision ? (TONES[approval.decision] ?? 'going') : 'idle'
}

/** Who decided what, and what the reviewer checked. */
export function Approvals({ order }: { order: Order }) {
  const { t } = useTranslation()
  const rounds = Math.max(0, ...order.approvals.map(approval => approval.round))
  const newest = [...order.approvals].sort((a, b) => b.round - a.round || a.step - b.step)
  return (
    <>
      <Questions order={order} />
      <Overrides order={order} />
      <div className="two-columns">
        <Card
          title={t('order-step:approvals.title')}
          extra={
            <Link to={`/rules/${order.rules.blueprint_no}`} className="soft">
              {order.rules.blueprint_no === 0
                ? t('order-step:approvals.rules_product')
                : t('order-step:approvals.rules', { number: order.rules.blueprint_no })}
            </Link>
          }
          flush
        >
          {order.approvals.length === 0 ? (
            <p className="soft card-body">{t('order-step:approvals.none')}</p>
          ) : (
            <ol className="steps">
              {newest.map(approval => (
                <li key={`${approval.round}-${approval.step}`} className={approval.round < rounds ? 'past' : undefined}>
                  <span className="soft">
                    {approval.round < rounds && `${t('order-step:approvals.round', { round: approval.round })} `}
                    {t('order-step:approvals.step', { step: approval.stage })}
                  </span>
                  <span className="strong">{approval.role_name}</span>
                  {approval.rule_name && <span className="soft">{approval.rule_name}</span>}
                  <StateTag tone={toneOf(approval)}>
                    {t(`order-step:approvals.${approval.decision ?? 'pending'}`)}
                  </StateTag>
                  <span className="soft grow" style={{ textAlign: 'end' }}>
                    {approval.by?.name}
                    {approval.stands_in_for && t('order-step:approvals.for', { name: approval.stands_in_for.name })}{' '}
                    {approval.at && formatInstant(approval.at)}
                  </span>
                  {approval.note && <span className="steps-note">{approval.note}</span>}
                </li>
              ))}
            </ol>
          )}
        </Card>
        <Card title={t('order-step:approvals.checklist')}>
          <ul className="checked">
            {order.checklist.map(item => (
              <li key={item.code} className={item.ticked ? undefined : 'soft'}>
                {item.ticked ? <CheckSquareFilled className="ink-done" /> : <MinusSquareOutlined />} {item.text}
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}
