import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { address } from '@/lib/api/client'
import type { Offer, Quotation, Tone } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { useOffers, useRefreshQuotations } from './queries'

const TONES: Record<Offer['status'], Tone> = {
  sent: 'going',
  accepted: 'done',
  declined: 'late',
  superseded: 'idle',
  withdrawn: 'idle',
  expired: 'risk',
  closed: 'idle',
}

/** What the customer was sent, whether it was opened, what was asked, and who accepted or declined. */
export function OffersCard({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation()
  const found = useOffers(quotation.id)
  if (found.isPending) return <PageSkeleton lines={1} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const { items, may_send } = found.data
  if (items.length === 0) return null
  return (
    <Card title={t('quotation:offer.title')}>
      <ul className="offers">
        {items.map(item => (
          <Row key={item.id} item={item} quotation={quotation} maySend={may_send} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ item, quotation, maySend }: { item: Offer; quotation: Quotation; maySend: boolean }) {
  const { t } = useTranslation()
  const opened = item.opened_at
  const facts = [
    `${t('quotation:offer.sent', { when: formatInstant(item.sent_at), who: item.sent_by.name, way: item.way_name })} ${item.sent_to}`,
    opened
      ? t('quotation:offer.opened', { when: formatInstant(opened), from: item.link?.opened_from ?? '' })
      : t('quotation:offer.unopened'),
    item.signed &&
      t('quotation:offer.accepted', {
        when: formatInstant(item.signed.at),
        who: item.signed.signer,
        way: item.signed.way_name,
      }),
    item.declined_at && t('quotation:offer.declined', { when: formatInstant(item.declined_at), who: item.declined_by }),
  ].filter(Boolean)
  const why = [item.reason && t(`quotation:reason.${item.reason}`), item.remark].filter(Boolean).join('：')
  return (
    <li>
      <div className="row wrap">
        <span className="strong">{t('quotation:offer.no', { no: item.no })}</span>
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
        {maySend && item.link?.valid && item.status === 'sent' && <Revoke item={item} />}
      </div>
      <div className="soft">{facts.join(' · ')}</div>
      {item.link?.mail && (
        <div className={item.link.mail.error ? 'ink-late' : 'soft'}>
          {t('quotation:offer.mail', { state: item.link.mail.state_name })} {item.link.mail.error}
        </div>
      )}
      {why && <div className="offer-said">{why}</div>}
      {item.question && item.asked_at && (
        <div className="offer-said">
          {t('quotation:offer.asked', { when: formatInstant(item.asked_at) })} {item.question}{' '}
          <Link to={`/messages/${quotation.customer.id}?quotation=${quotation.id}&number=${quotation.number}`}>
            {t('quotation:offer.answer')}
          </Link>
        </div>
      )}
    </li>
  )
}

function Revoke({ item }: { item: Offer }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshQuotations()
  const revoke = usePost<object, unknown>(`/links/${item.link?.id ?? ''}/revoke`, {
    onDone: () => {
      refresh()
      void message.success(t('quotation:offer.revoked'))
    },
  })
  return (
    <button type="button" className="link-button" disabled={revoke.isPending} onClick={() => revoke.mutate({})}>
      {t('quotation:offer.revoke')}
    </button>
  )
}
