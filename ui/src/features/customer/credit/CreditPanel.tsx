import { LockOutlined, PlusOutlined, UnlockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import type { CreditRelease, Customer, CustomerCredit } from '@/lib/api/types'
import { formatInstant, formatMoney, isoDate } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { BlockCustomer } from './block'
import { ExposureBar } from './ExposureBar'
import { EndRelease } from './end-release'
import { useCredit } from './queries'
import { ReleaseCredit } from './release'
import './credit.css'

/** What a customer owes and may owe, what is overdue, blocked and released, and what finance may do about it (CRD-01). */
export function CreditPanel({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const found = useCredit(customer.id)
  return (
    <Card title={t('customer:credit.title')} extra={found.data && <Actions customer={customer} credit={found.data} />}>
      {found.isPending && <PageSkeleton lines={3} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Content credit={found.data} />}
    </Card>
  )
}

/** `?release=<order>` opens the release for an order: where "release" on the order's page leads. */
function Actions({ customer, credit }: { customer: Customer; credit: CustomerCredit }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const [releasing, setReleasing] = useState(false)
  const [blocking, setBlocking] = useState(false)
  const mayRelease = credit.may_release && credit.account.limit !== null
  const asked = url.release ?? ''
  const close = () => {
    setReleasing(false)
    if (asked) change({ release: null })
  }
  return (
    <span className="row">
      {mayRelease && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => setReleasing(true)}>
          {t('customer:credit.release.verb')}
        </Button>
      )}
      {credit.may_block && (
        <Button
          size="small"
          danger={!credit.block}
          icon={credit.block ? <UnlockOutlined /> : <LockOutlined />}
          onClick={() => setBlocking(true)}
        >
          {t(credit.block ? 'customer:credit.unblock.verb' : 'customer:credit.block.verb')}
        </Button>
      )}
      {mayRelease && (releasing || asked) && (
        <ReleaseCredit customer={customer} credit={credit} order={asked} onClose={close} />
      )}
      {blocking && <BlockCustomer customer={customer} credit={credit} onClose={() => setBlocking(false)} />}
    </span>
  )
}

function Content({ credit }: { credit: CustomerCredit }) {
  const { t } = useTranslation()
  return (
    <div className="credit-panel">
      {credit.block && (
        <div className="credit-note late">
          <StateTag tone="late" icon={<LockOutlined />}>
            {t('customer:credit.blocked')}
          </StateTag>
          <span>{credit.block.reason}</span>
          <span className="soft">
            {credit.block.by.name} {formatInstant(credit.block.at)}
          </span>
        </div>
      )}
      <ExposureBar account={credit.account} />
      <Overdue credit={credit} />
      <Releases releases={credit.releases} mayEnd={credit.may_release} />
    </div>
  )
}

function Overdue({ credit }: { credit: CustomerCredit }) {
  const { t } = useTranslation()
  const { overdue, grace_days: days } = credit
  if (!overdue) {
    return <span className="soft">{t('customer:credit.not_overdue', { days })}</span>
  }
  const { count, since, amount } = overdue
  return (
    <div className={`credit-note ${overdue.stops_shipping ? 'late' : 'risk'}`}>
      <StateTag tone={overdue.stops_shipping ? 'late' : 'risk'}>
        {t('customer:credit.overdue', { days: overdue.days })}
      </StateTag>
      <span>{t('customer:credit.overdue_facts', { count, since, amount: formatMoney(amount) })}</span>
      <span className="soft">
        {t(overdue.stops_shipping ? 'customer:credit.overdue_stops' : 'customer:credit.overdue_grace', { days })}
      </span>
    </div>
  )
}

/** The last day on which a release counts: it mostly runs out with the end of a day. */
function lastDay(expires: string): string {
  return isoDate(new Date(new Date(expires).getTime() - 1000))
}

function Releases({ releases, mayEnd }: { releases: CreditRelease[]; mayEnd: boolean }) {
  const { t } = useTranslation()
  const [ending, setEnding] = useState<CreditRelease | null>(null)
  if (releases.length === 0) return null
  return (
    <div>
      <h3 className="exposure-title">{t('customer:credit.release.list')}</h3>
      <ul className="releases">
        {releases.map(release => (
          <li key={release.id}>
            <span className="row wrap">
              <span className="mono strong">{formatMoney(release.amount)}</span>
              {release.order ? (
                <Link to={`/orders/${release.order.id}`}>{release.order.code}</Link>
              ) : (
                <span className="soft">{t('customer:credit.release.all')}</span>
              )}
              <span className="grow" />
              {release.open ? (
                <StateTag tone="going">
                  {t('customer:credit.release.until', { when: lastDay(release.expires_at) })}
                </StateTag>
              ) : (
                <StateTag tone="idle">{t('customer:credit.release.ended')}</StateTag>
              )}
            </span>
            <span className="row wrap">
              <span className="soft grow">
                {release.reason} · {release.by.name} {formatInstant(release.at)}
              </span>
              {release.open && mayEnd && (
                <Button size="small" type="text" onClick={() => setEnding(release)}>
                  {t('customer:credit.end.verb')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {ending && <EndRelease release={ending} onClose={() => setEnding(null)} />}
    </div>
  )
}
