/**
 * A list as every list is: views as tabs, search, filters as chips, columns and density by choice, all of it in the
 * address; rows by keyset as one scrolls; figures at the foot; the keyboard; export of exactly this view.
 */
import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Query } from '@/lib/api/client'
import { onChange } from '@/lib/api/events'
import { formatCount } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { type UrlValues, useUrlState } from '@/lib/url-state'
import { useNarrow } from '@/lib/viewport'
import { EmptyState } from '../EmptyState'
import { ErrorState } from '../ErrorState'
import { PageHead } from '../PageHead'
import { FilterButton, FilterChips } from './FilterBar'
import { ListMenu } from './ListMenu'
import type { ListSpec } from './spec'
import { queryOf, useList } from './useList'
import { useSelection } from './useSelection'
import { ViewTabs } from './ViewTabs'
import { type TableHandle, VirtualTable } from './VirtualTable'
import '../components.css'
import './list.css'

const singular = (noun: string) => noun.replace(/ies$/, 'y').replace(/s$/, '').replace('-', '_')

/** Ids that changed a moment ago, so that their rows glow once. */
function useChanged(noun: string): Set<string> {
  const [ids, setIds] = useState<Set<string>>(new Set())
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const stop = onChange(change => {
      if (change.noun !== singular(noun) || !change.id) return
      setIds(previous => new Set(previous).add(change.id))
      timers.add(
        setTimeout(() => {
          setIds(previous => {
            const next = new Set(previous)
            next.delete(change.id)
            return next
          })
        }, 2500),
      )
    })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [noun])
  return ids
}

export function ListPage<Row>({ spec }: { spec: ListSpec<Row> }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [url, change] = useUrlState()
  const query = queryOf(spec, url)
  const list = useList(spec, query)
  const rows = list.rows
  const table = useRef<TableHandle>(null)
  const search = useRef<InputRef>(null)
  const changed = useChanged(spec.noun)
  const selection = useSelection(rows, spec.rowKey)
  const batch = spec.batch ?? []
  const searchKey = spec.searchKey ?? 'q'

  const { columns, density } = useLook(spec, url)
  const { fetchNextPage } = list
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  useListKeys({ table, search, count: rows.length, toggle: batch.length > 0 ? selection.toggle : null })
  return (
    <div className="list-page">
      <PageHead title={t(spec.title)}>{spec.extra}</PageHead>
      {spec.above}
      {spec.views && <ViewTabs noun={spec.noun} views={spec.views} url={url} change={change} />}
      <div className="list-tools">
        {spec.searchHint && (
          <SearchField
            ref={search}
            hint={spec.searchHint}
            value={url[searchKey] ?? ''}
            onChange={text => change({ [searchKey]: text })}
          />
        )}
        <FilterChips filters={spec.filters} url={url} change={change} />
        <span className="grow" />
        {spec.filters.length > 0 && <FilterButton filters={spec.filters} url={url} change={change} narrow={narrow} />}
        <ListMenu spec={spec} query={query} columns={columns} density={density} narrow={narrow} change={change} />
      </div>
      {list.isError && rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <VirtualTable
          ref={table}
          spec={spec}
          columns={columns}
          rows={rows}
          narrow={narrow}
          dense={density === 'dense'}
          sort={url.sort ?? spec.defaultSort ?? ''}
          onSort={sort => change({ sort: sort === spec.defaultSort ? null : sort })}
          selected={batch.length > 0 ? selection.keys : null}
          onSelect={selection.toggle}
          onSelectAll={selection.toggleAll}
          changed={changed}
          more={list.hasNextPage && !list.isFetchingNextPage}
          onMore={more}
          loading={list.isPending || list.isFetchingNextPage}
          empty={<Nothing spec={spec} url={url} change={change} />}
        />
      )}
      <Foot spec={spec} list={list} query={query} selection={selection} />
    </div>
  )
}

/** Columns and density: as the address says, else as this person left them. */
function useLook<Row>(spec: ListSpec<Row>, url: UrlValues) {
  const remembered = `shundan.list${spec.path}`
  const density = url.density ?? localStorage.getItem(`${remembered}.density`) ?? 'normal'
  const chosen = url.cols ?? localStorage.getItem(`${remembered}.cols`)
  const columns = useMemo(() => {
    const wanted = chosen?.split(',')
    return spec.columns.filter(
      (column, index) => index === 0 || (wanted ? wanted.includes(column.id) : !column.optional),
    )
  }, [spec.columns, chosen])
  return { columns, density }
}

interface Keys {
  table: RefObject<TableHandle | null>
  search: RefObject<InputRef | null>
  count: number
  toggle: ((index: number, range: boolean) => void) | null
}

/** `j` and `k` move, `/` searches, `x` ticks; Enter opens by itself, as the keyboard stands on a link. */
function useListKeys({ table, search, count, toggle }: Keys): void {
  const now = () => table.current?.focused() ?? -1
  const move = (by: number) => {
    const from = now()
    const next = from < 0 ? (by > 0 ? 0 : count - 1) : from + by
    if (count > 0) table.current?.focus(Math.min(count - 1, Math.max(0, next)))
  }
  const tick = () => {
    if (now() >= 0) toggle?.(now(), false)
  }
  useShortcuts([
    { keys: 'j', label: 'keys:next_row', run: () => move(1) },
    { keys: 'k', label: 'keys:previous_row', run: () => move(-1) },
    { keys: '/', label: 'keys:search', run: () => search.current?.focus({ cursor: 'all' }) },
    ...(toggle ? [{ keys: 'x', label: 'keys:select', run: tick }] : []),
  ])
}

interface NothingProps<Row> {
  spec: ListSpec<Row>
  url: UrlValues
  change: (change: Record<string, string | null>) => void
}

/** Nothing there at all, or nothing that the filters let through. */
function Nothing<Row>({ spec, url, change }: NothingProps<Row>) {
  const { t } = useTranslation()
  const filtered = Object.keys(url).some(key => !['cols', 'density', 'sort'].includes(key))
  if (!filtered) {
    return (
      <EmptyState title={spec.empty?.title ?? t('list:empty')} text={spec.empty?.text}>
        {spec.empty?.action}
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('list:no_match.title')} text={t('list:no_match.text')}>
      <Button onClick={() => change(Object.fromEntries(Object.keys(url).map(key => [key, null])))}>
        {t('list:clear_filters')}
      </Button>
    </EmptyState>
  )
}

interface FootProps<Row> {
  spec: ListSpec<Row>
  list: ReturnType<typeof useList<Row>>
  query: Query
  selection: ReturnType<typeof useSelection<Row>>
}

/** What is ticked and what may be done with it, else the figures of everything the filters find. */
function Foot<Row>({ spec, list, query, selection }: FootProps<Row>) {
  const { t } = useTranslation()
  const count = list.rows.length
  if (selection.rows.length === 0) {
    const text = t(list.hasNextPage ? 'list:loaded_more' : 'list:loaded', { count, shown: formatCount(count) })
    return <footer className="list-foot">{spec.foot?.(query) ?? <span>{text}</span>}</footer>
  }
  return (
    <footer className="list-foot">
      <span>{t('list:selected', { count: selection.rows.length })}</span>
      {(spec.batch ?? []).map(action => {
        const refused = action.refused?.(selection.rows) ?? null
        return (
          <Button
            key={action.id}
            icon={action.icon}
            danger={action.danger}
            disabled={refused !== null}
            title={refused ?? undefined}
            onClick={() => action.run(selection.rows, selection.clear)}
          >
            {action.label}
          </Button>
        )
      })}
      <Button type="text" onClick={selection.clear}>
        {t('list:clear_selection')}
      </Button>
    </footer>
  )
}

function SearchField(props: {
  value: string
  hint?: string
  onChange: (value: string | null) => void
  ref: React.Ref<InputRef>
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(props.value)
  const { value, onChange: tell } = props
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text.trim() !== sent.current) {
        sent.current = text.trim()
        tell(text.trim() || null)
      }
    }, 220)
    return () => clearTimeout(timer)
  }, [text, tell])
  return (
    <Input
      ref={props.ref}
      className="list-search"
      allowClear
      prefix={<SearchOutlined aria-hidden="true" />}
      value={text}
      aria-label={t('common:search')}
      placeholder={props.hint ? t(props.hint) : t('common:search')}
      onChange={event => setText(event.target.value)}
    />
  )
}
