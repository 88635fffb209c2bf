import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { address } from '@/lib/api/client'
import type { Confirmation, Order, Tone } from '@/lib/api/types'
import { formatDate, formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { useRefreshOrders } from '../step'
import { useConfirmations } from './queries'
import './confirmation.css'

const TONES: Record<Confirmation['status'], Tone> = {
  sent: 'going',
  correction: 'risk',
  signed: 'done',
  superseded: 'idle',
  withdrawn: 'idle',
}

/** What was sent to the customer, whether it was opened, how the promised date slips, and who signed. */
export function ConfirmationCard({ order }: { order: Order }) {
  const { t } = useTranslation()
  const found = useConfirmations(order.id)
  if (found.isPending) return <PageSkeleton lines={2} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const { items, slip, signature_name } = found.data
  return (
    <Card title={t('confirmation:title')} extra={<span className="soft">{signature_name}</span>}>
      {items.length === 0 && <span className="soft">{t('confirmation:none')}</span>}
      {slip && (
        <p className={slip.days > 0 ? 'ink-risk confirmation-slip' : 'soft confirmation-slip'}>
          {t(slip.days > 0 ? 'confirmation:slip' : 'confirmation:slips', {
            original: formatDate(slip.original),
            days: slip.days,
            current: formatDate(slip.current),
          })}
        </p>
      )}
      <ul className="confirmations">
        {items.map(item => (
          <Row key={item.id} item={item} maySend={found.data.may_send} revision={found.data.order_revision} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ item, maySend, revision }: { item: Confirmation; maySend: boolean; revision: number }) {
  const { t } = useTranslation()
  const opened = item.link?.opened_at
  const facts = [
    t('confirmation:sent', { when: formatInstant(item.sent_at), who: item.sent_by.name, way: item.way_name }) +
      (item.sent_to ? ` ${item.sent_to}` : ''),
    item.link &&
      (opened
        ? t('confirmation:opened', { when: formatInstant(opened), from: item.link.opened_from })
        : t('confirmation:unopened')),
    item.signed &&
      t('confirmation:signed', {
        when: formatInstant(item.signed.at),
        who: item.signed.signer,
        way: item.signed.way_name,
      }),
    item.slipped_days > 0 && t('confirmation:slipped', { days: item.slipped_days }),
  ].filter(Boolean)
  return (
    <li className={item.status === 'superseded' || item.status === 'withdrawn' ? 'past' : undefined}>
      <div className="row wrap">
        <span className="strong">{t('confirmation:no', { no: item.no })}</span>
        {revision > 1 && (
          <span className={item.order_revision < revision ? 'ink-risk' : 'soft'}>
            {t(item.order_revision < revision ? 'confirmation:of_earlier' : 'confirmation:of_version', {
              no: item.order_revision,
            })}
          </span>
        )}
        <StateTag tone={TONES[item.status]}>{item.status_name}</StateTag>
        {item.document && (
          <a
            className="cut"
            href={address(`/attachments/${item.document.id}/content`, { inline: true })}
            target="_blank"
            rel="noreferrer"
          >
            {item.document.filename}
          </a>
        )}
        <span className="grow" />
        {maySend && item.link?.valid && !item.signed && <Revoke item={item} />}
      </div>
      <div className="soft">{facts.join(' · ')}</div>
      {item.link?.mail && (
        <div className={item.link.mail.error ? 'ink-late' : 'soft'}>
          {t('confirmation:mail', { state: item.link.mail.state_name })} {item.link.mail.error}
        </div>
      )}
      {item.remark && <div className="confirmation-remark">{item.remark}</div>}
    </li>
  )
}

function Revoke({ item }: { item: Confirmation }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshOrders()
  const revoke = usePost<object, unknown>(`/links/${item.link?.id ?? ''}/revoke`, {
    onDone: () => {
      refresh()
      void message.success(t('confirmation:revoked'))
    },
  })
  return (
    <button type="button" className="link-button" disabled={revoke.isPending} onClick={() => revoke.mutate({})}>
      {t('confirmation:revoke')}
    </button>
  )
}
