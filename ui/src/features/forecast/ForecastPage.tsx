/** What will be asked for of a product, how sure that is, and the stock that follows from it. Everything chosen is in the address. */
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { WordTag } from '@/components/WordTag'
import type { ProductForecast } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { useUrlState } from '@/lib/url-state'
import { Accuracy } from './Accuracy'
import { Curve } from './Curve'
import { useForecast } from './queries'
import './forecast.css'

const PERIODS = ['week', 'month', 'day'] as const

export function ForecastPage() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const found = useForecast(id, {
    period: url.period,
    service_level: url.service_level,
    lead_days: url.lead_days,
    lead_deviation_days: url.lead_deviation_days,
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const forecast = found.data
  return (
    <div className="page">
      <PageHead
        title={t('forecast:title', { name: forecast.product.name })}
        tags={<Link to={`/products/${forecast.product.id}`}>{forecast.product.code}</Link>}
      >
        {PERIODS.map(period => (
          <Button
            key={period}
            type={period === forecast.period ? 'primary' : 'default'}
            aria-pressed={period === forecast.period}
            onClick={() => change({ period })}
          >
            {t(`forecast:period.${period}`)}
          </Button>
        ))}
      </PageHead>
      {forecast.history.length === 0 ? (
        <EmptyState title={t('forecast:empty.title')} text={t('forecast:empty.text')} />
      ) : (
        <>
          <Card title={t('forecast:curve')}>
            <Curve forecast={forecast} />
          </Card>
          <div className="forecast-columns">
            <Target forecast={forecast} change={change} />
            <div className="forecast-column">
              <How forecast={forecast} />
              <Accuracy forecast={forecast} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}

type Change = (change: Record<string, string | null>) => void

/** Safety stock and reorder point, for what is typed here. */
function Target({ forecast, change }: { forecast: ProductForecast; change: Change }) {
  const { t } = useTranslation()
  const { target, available } = forecast
  const field = (key: 'service_level' | 'lead_days' | 'lead_deviation_days', unit: string) => (
    <div className="forecast-field">
      <span className="soft">{t(`forecast:field.${key}`)}</span>
      <Typed
        name={t(`forecast:field.${key}`)}
        value={String(target[key])}
        unit={unit}
        onDone={value => change({ [key]: value })}
      />
    </div>
  )
  return (
    <Card title={t('forecast:target.title')}>
      <div className="forecast-fields">
        {field('service_level', '%')}
        {field('lead_days', '')}
        {field('lead_deviation_days', '')}
      </div>
      <Facts
        items={[
          {
            label: t('forecast:target.reorder_point'),
            value: <span className="strong">{formatQuantity(target.reorder_point)}</span>,
          },
          { label: t('forecast:target.lead_demand'), value: formatQuantity(target.lead_demand) },
          { label: t('forecast:target.safety_stock'), value: formatQuantity(target.safety_stock) },
          { label: t('forecast:target.available'), value: formatQuantity(available) },
        ]}
      />
      <p className="soft">
        {t(`forecast:basis.${target.basis}`, { z: target.z.toFixed(2), level: target.service_level })}
      </p>
      <p>
        <Link to={`/stock/replenishment?product=${forecast.product.id}`}>{t('forecast:to_replenishment')}</Link>
      </p>
    </Card>
  )
}

/** A figure that is taken over when it is typed to the end; empty: the usual one. */
function Typed(props: { name: string; value: string; unit: string; onDone: (value: string) => void }) {
  const { name, value, unit, onDone } = props
  const done = (text: string) => {
    if (text.trim() !== value && /^\d*(\.\d+)?$/.test(text.trim())) onDone(text.trim())
  }
  return (
    <Input
      key={value}
      aria-label={name}
      className="num"
      inputMode="decimal"
      defaultValue={value}
      suffix={unit}
      onBlur={event => done(event.currentTarget.value)}
      onPressEnter={event => done(event.currentTarget.value)}
    />
  )
}

/** Class and method, in words. */
function How({ forecast }: { forecast: ProductForecast }) {
  const { t } = useTranslation()
  const { profile, method, why, parameters } = forecast
  return (
    <Card title={t('forecast:how')}>
      <p>
        {profile && <WordTag>{t(`forecast:class.${profile.class}`)}</WordTag>}{' '}
        <WordTag>{t(`forecast:method.${method}`)}</WordTag>
      </p>
      <p>{t(`forecast:why.${why}`)}</p>
      {profile && (
        <p className="soft">{t('forecast:profile', { adi: profile.adi.toFixed(2), cv2: profile.cv2.toFixed(2) })}</p>
      )}
      <p className="soft mono">
        {Object.entries(parameters)
          .map(([name, value]) => `${name} = ${value}`)
          .join(' · ')}
      </p>
    </Card>
  )
}
