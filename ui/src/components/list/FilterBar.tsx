import { CloseOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Drawer, Popover } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UrlValues } from '@/lib/url-state'
import { PageSkeleton } from '../PageSkeleton'
import { type PickKind, usePickedName } from '../picked'
import { type Filter, keysOfFilter } from './spec'

const FilterFields = lazy(() => import('./FilterFields'))

interface Props {
  filters: Filter[]
  url: UrlValues
  change: (change: Record<string, string | null>) => void
  narrow: boolean
}

/** Everything the list can be narrowed by, behind one button. */
export function FilterButton({ filters, url, change, narrow }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const active = filters.filter(filter => keysOfFilter(filter).some(key => url[key])).length
  const label = active > 0 ? t('list:filter_count', { count: active }) : t('list:filter')
  const fields = (
    <Suspense fallback={<PageSkeleton lines={6} />}>
      <FilterFields filters={filters} url={url} change={change} active={active > 0} onDone={() => setOpen(false)} />
    </Suspense>
  )
  const button = (
    <Button icon={<FilterOutlined />} onClick={narrow ? () => setOpen(true) : undefined} aria-expanded={open}>
      {label}
    </Button>
  )
  if (narrow) {
    return (
      <>
        {button}
        <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="large" title={t('list:filter')}>
          {fields}
        </Drawer>
      </>
    )
  }
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={fields}>
      {button}
    </Popover>
  )
}

/** The filters that are on, each with its way off. */
export function FilterChips({ filters, url, change }: Omit<Props, 'narrow'>) {
  const active = filters.filter(filter => keysOfFilter(filter).some(key => url[key]))
  if (active.length === 0) return null
  return (
    <div className="row wrap filter-chips">
      {active.map(filter => (
        <FilterChip
          key={filter.key}
          filter={filter}
          url={url}
          onRemove={() => change(Object.fromEntries(keysOfFilter(filter).map(key => [key, null])))}
        />
      ))}
    </div>
  )
}

function FilterChip({ filter, url, onRemove }: { filter: Filter; url: UrlValues; onRemove: () => void }) {
  const { t } = useTranslation()
  const label = t(filter.label)
  let value: ReactNode = null
  if (filter.kind === 'dates') value = `${url[filter.from] ?? '…'} – ${url[filter.to] ?? '…'}`
  else if (filter.kind === 'day') value = url[filter.key]
  else if (filter.kind === 'choice') {
    value = (url[filter.key] ?? '')
      .split(',')
      .map(code => t(filter.options.find(option => option.value === code)?.label ?? code))
      .join('、')
  } else if (filter.kind === 'pick') value = <PickedName kind={filter.pick} id={url[filter.key] ?? ''} />
  return (
    <button type="button" className="chip" onClick={onRemove} aria-label={t('list:remove_filter', { name: label })}>
      <span className="soft">{label}</span>
      {value && <span className="cut">{value}</span>}
      <CloseOutlined />
    </button>
  )
}

function PickedName({ kind, id }: { kind: PickKind; id: string }) {
  return <>{usePickedName(kind, id)}</>
}
