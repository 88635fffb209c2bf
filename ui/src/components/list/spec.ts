import type { ReactNode } from 'react'
import type { Query } from '@/lib/api/client'
import type { PickKind } from '../picked'

/** A column of a list; texts are catalogue keys. */
export interface Column<Row> {
  id: string
  label: string
  /** Pixels; a column with `grow` takes what is left. */
  width: number
  grow?: boolean
  end?: boolean
  /** Field name for `sort`; the head then sorts by it. */
  sort?: string
  /** Not shown until chosen. */
  optional?: boolean
  render: (row: Row) => ReactNode
}

export interface Option {
  value: string
  label: string
}

/** Codes as options, each with the catalogue key of its word. */
export function optionsOf<Code extends string>(codes: readonly Code[], label: (code: Code) => string): Option[] {
  return codes.map(value => ({ value, label: label(value) }))
}

/** In use or not, as a filter of every master list. */
export const ACTIVE_FILTER: Filter = {
  kind: 'choice',
  key: 'active',
  label: 'form:active',
  options: [
    { value: 'true', label: 'common:active' },
    { value: 'false', label: 'common:inactive' },
  ],
}

/** A filter of a list, held in the address under `key`. */
export type Filter =
  | { kind: 'choice'; key: string; label: string; options: Option[]; many?: boolean }
  | { kind: 'pick'; key: string; label: string; pick: PickKind }
  | { kind: 'dates'; key: string; label: string; from: string; to: string }
  | { kind: 'day'; key: string; label: string }
  | { kind: 'flag'; key: string; label: string }

/** The keys of the address a filter lives in. */
export function keysOfFilter(filter: Filter): string[] {
  return filter.kind === 'dates' ? [filter.from, filter.to] : [filter.key]
}

/** A saved view as a tab: `value` goes into the address under `view`, and to the server unless `query` says what it stands for. */
export interface View {
  value: string
  label: string
  query?: Query
  count?: number
  /** There are more than were counted. */
  more?: boolean
}

export interface BatchAction<Row> {
  id: string
  label: string
  icon?: ReactNode
  danger?: boolean
  /** Why it cannot be done with this selection; nothing when it can. */
  refused?: (rows: Row[]) => string | null
  run: (rows: Row[], done: () => void) => void
}

export interface ListSpec<Row> {
  /** Name of the list: first part of its query keys, and of what is remembered of it. */
  noun: string
  /** Its address under the API, `/orders`. */
  path: string
  title: string
  rowKey: (row: Row) => string
  rowHref: (row: Row) => string
  /** What a reader of the row's link hears; plain text. */
  rowName: (row: Row) => string
  columns: Column<Row>[]
  filters: Filter[]
  views?: View[]
  /** Sent with every request beside what the address holds. */
  fixed?: Query
  defaultSort?: string
  /** Parameter the search goes out under; `q` unless told. */
  searchKey?: string
  /** What can be searched for; without it there is no search field. */
  searchHint?: string
  /** The row as a card at phone width. */
  card: (row: Row) => ReactNode
  batch?: BatchAction<Row>[]
  /** Figures of everything the filters find, at the foot. */
  foot?: (query: Query) => ReactNode
  /** Stands between the head and the tools: tabs of sibling pages. */
  above?: ReactNode
  /** Buttons at the right of the head. */
  extra?: ReactNode
  empty?: { title: string; text: string; action?: ReactNode }
}
