import { CopyOutlined, PlusOutlined, WarningFilled } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import type { Evidence, Order } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { AddEvidence } from './add'
import { EvidenceViewer } from './EvidenceViewer'
import { KIND_ICONS } from './kinds'
import { useEvidence } from './queries'
import { WithdrawEvidence } from './withdraw'
import './evidence.css'

/** The proofs of an order: what each proves, who gave it, and whether it counts (APR-05). */
export function EvidenceCard({ order }: { order: Pick<Order, 'id' | 'number'> }) {
  const { t } = useTranslation()
  const found = useEvidence(order.id)
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<Evidence | null>(null)
  const [withdrawn, setWithdrawn] = useState<Evidence | null>(null)
  const items = found.data?.items ?? []
  return (
    <Card
      title={t('evidence:title')}
      flush={items.length > 0}
      extra={
        found.data?.may_add && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('evidence:add.title')}
          </Button>
        )
      }
    >
      {found.isPending && <PageSkeleton lines={2} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && items.length === 0 && <span className="soft">{t('evidence:none')}</span>}
      {items.length > 0 && (
        <ul className="proofs">
          {items.map(item => (
            <Row
              key={item.id}
              item={item}
              onShow={() => setShown(item)}
              onWithdraw={found.data?.may_withdraw && !item.withdrawn ? () => setWithdrawn(item) : undefined}
            />
          ))}
        </ul>
      )}
      {adding && found.data && (
        <AddEvidence order={order} provable={found.data.provable} onClose={() => setAdding(false)} />
      )}
      {shown && <EvidenceViewer item={shown} onClose={() => setShown(null)} />}
      {withdrawn && <WithdrawEvidence item={withdrawn} onClose={() => setWithdrawn(null)} />}
    </Card>
  )
}

function Row({ item, onShow, onWithdraw }: { item: Evidence; onShow: () => void; onWithdraw?: () => void }) {
  const { t } = useTranslation()
  return (
    <li className={item.withdrawn ? 'proof past' : 'proof'}>
      <span className={item.kind === 'oral' ? 'proof-icon ink-risk' : 'proof-icon'} aria-hidden="true">
        {KIND_ICONS[item.kind]}
      </span>
      <div className="proof-body">
        <div className="row wrap">
          <button type="button" className="link-button strong" onClick={onShow}>
            {item.kind_name}
          </button>
          <span>{t('evidence:proves', { what: item.proves_name })}</span>
          <State item={item} />
        </div>
        {item.statement && <div className="proof-text">{item.statement}</div>}
        {item.kind === 'oral' && !item.withdrawn && (
          <div className="ink-risk">
            <WarningFilled aria-hidden="true" /> {t('evidence:oral')}
          </div>
        )}
        <div className="soft proof-facts">
          <span>{t('evidence:given', { who: item.given_by, when: formatInstant(item.given_at) })}</span>
          <span>{t('evidence:recorded', { who: item.by.name, when: formatInstant(item.at) })}</span>
          {item.file && <span className="cut">{item.file.filename}</span>}
          <Hash value={item.sha256} />
        </div>
        {item.withdrawn && (
          <div className="soft">
            {t('evidence:withdrawn_by', { who: item.withdrawn.by.name, when: formatInstant(item.withdrawn.at) })}
            {t('evidence:because', { reason: item.withdrawn.reason })}
          </div>
        )}
      </div>
      {onWithdraw && (
        <Button size="small" type="text" onClick={onWithdraw}>
          {t('evidence:withdraw.verb')}
        </Button>
      )}
    </li>
  )
}

function State({ item }: { item: Evidence }) {
  const { t } = useTranslation()
  if (item.withdrawn) return <StateTag tone="idle">{t('evidence:state.withdrawn')}</StateTag>
  if (item.counts) return <StateTag tone="done">{t('evidence:state.counts')}</StateTag>
  return <StateTag tone="risk">{t('evidence:state.counts_not')}</StateTag>
}

/** The first letters of a hash; a click takes the whole of it. */
export function Hash({ value }: { value: string }) {
  const { t } = useTranslation()
  const message = useMessage()
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    void message.success(t('evidence:hash.copied'))
  }
  return (
    <Tooltip title={value}>
      <button
        type="button"
        className="link-button hash"
        aria-label={t('evidence:hash.copy', { hash: value.slice(0, 8) })}
        onClick={() => void copy()}
      >
        {value.slice(0, 8)} <CopyOutlined aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
