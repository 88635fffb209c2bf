/**
 * A list as every list is: views as tabs, search, filters as chips, columns and density by choice, all of it in the
 * address; rows by keyset as one scrolls; figures at the foot; the keyboard; export of exactly this view.
 */
import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onChange } from '@/lib/api/events'
import { formatCount } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useUrlState } from '@/lib/url-state'
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

  const remembered = `shundan.list${spec.path}`
  const density = url.density ?? localStorage.getItem(`${remembered}.density`) ?? 'normal'
  const chosen = url.cols ?? localStorage.getItem(`${remembered}.cols`)
  const columns = useMemo(() => {
    const wanted = chosen?.split(',')
    return spec.columns.filter(
      (column, index) => index === 0 || (wanted ? wanted.includes(column.id) : !column.optional),
    )
  }, [spec.columns, chosen])

  const { fetchNextPage } = list
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const move = (by: number) => {
    const now = table.current?.focused() ?? -1
    const next = Math.min(rows.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by))
    if (rows.length > 0) table.current?.focus(next)
  }
  useShortcuts([
    { keys: 'j', label: 'keys:next_row', run: () => move(1) },
    { keys: 'k', label: 'keys:previous_row', run: () => move(-1) },
    { keys: '/', label: 'keys:search', run: () => search.current?.focus({ cursor: 'all' }) },
    ...(batch.length > 0
      ? [
          {
            keys: 'x',
            label: 'keys:select',
            run: () => {
              const now = table.current?.focused() ?? -1
              if (now >= 0) selection.toggle(now, false)
            },
          },
        ]
      : []),
  ])

  const filtered = Object.keys(url).some(key => !['cols', 'density', 'sort'].includes(key))
  const empty = filtered ? (
    <EmptyState title={t('list:no_match.title')} text={t('list:no_match.text')}>
      <Button onClick={() => change(Object.fromEntries(Object.keys(url).map(key => [key, null])))}>
        {t('list:clear_filters')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title={spec.empty?.title ?? t('list:empty')} text={spec.empty?.text}>
      {spec.empty?.action}
    </EmptyState>
  )

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
          empty={empty}
        />
      )}
      <footer className="list-foot">
        {selection.rows.length > 0 ? (
          <>
            <span>{t('list:selected', { count: selection.rows.length })}</span>
            {batch.map(action => {
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
          </>
        ) : (
          (spec.foot?.(query) ?? (
            <span>
              {t(list.hasNextPage ? 'list:loaded_more' : 'list:loaded', {
                count: rows.length,
                shown: formatCount(rows.length),
              })}
            </span>
          ))
        )}
      </footer>
    </div>
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
