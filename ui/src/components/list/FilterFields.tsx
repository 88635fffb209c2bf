import { Button, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { UrlValues } from '@/lib/url-state'
import { DateInput } from '../DateInput'
import { Pick } from '../Pick'
import { type Filter, keysOfFilter } from './spec'

interface Props {
  filters: Filter[]
  url: UrlValues
  change: (change: Record<string, string | null>) => void
  /** Some filter is on. */
  active: boolean
  onDone: () => void
}

/** The fields behind the filter button; loaded when it is first opened. */
export default function FilterFields({ filters, url, change, active, onDone }: Props) {
  const { t } = useTranslation()
  return (
    <div className="filter-fields">
      {filters.map(filter => (
        <FilterField key={filter.key} filter={filter} url={url} change={change} />
      ))}
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <Button
          type="text"
          disabled={!active}
          onClick={() => change(Object.fromEntries(filters.flatMap(keysOfFilter).map(key => [key, null])))}
        >
          {t('list:clear_filters')}
        </Button>
        <Button type="primary" onClick={onDone}>
          {t('list:done')}
        </Button>
      </div>
    </div>
  )
}

function FilterField({ filter, url, change }: { filter: Filter; url: UrlValues; change: Props['change'] }) {
  const { t } = useTranslation()
  const label = t(filter.label)
  if (filter.kind === 'flag') {
    return (
      <div className="filter-field flag">
        <span>{label}</span>
        <Switch
          size="small"
          aria-label={label}
          checked={url[filter.key] === 'true'}
          onChange={on => change({ [filter.key]: on ? 'true' : null })}
        />
      </div>
    )
  }
  return (
    <div className={`filter-field ${filter.kind}`}>
      <span>{label}</span>
      {filter.kind === 'choice' && (
        <Select
          aria-label={label}
          mode={filter.many ? 'multiple' : undefined}
          allowClear
          maxTagCount="responsive"
          value={filter.many ? (url[filter.key]?.split(',') ?? []) : (url[filter.key] ?? null)}
          options={filter.options.map(option => ({ value: option.value, label: t(option.label) }))}
          onChange={(value: string | string[] | null) =>
            change({ [filter.key]: Array.isArray(value) ? value.join(',') : (value ?? null) })
          }
        />
      )}
      {filter.kind === 'pick' && (
        <Pick
          kind={filter.pick}
          label={label}
          value={url[filter.key] ?? null}
          onChange={value => change({ [filter.key]: value })}
        />
      )}
      {filter.kind === 'day' && (
        <DateInput
          aria-label={label}
          value={url[filter.key] ?? null}
          onChange={value => change({ [filter.key]: value })}
        />
      )}
      {filter.kind === 'dates' && (
        <div className="row">
          <DateInput
            aria-label={t('list:from', { name: label })}
            value={url[filter.from] ?? null}
            onChange={value => change({ [filter.from]: value })}
          />
          <span className="soft">–</span>
          <DateInput
            aria-label={t('list:to', { name: label })}
            value={url[filter.to] ?? null}
            onChange={value => change({ [filter.to]: value })}
          />
        </div>
      )}
    </div>
  )
}
