/** Rows of a list, drawn only where they are seen: a table when there is room, cards at phone width. */
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox } from 'antd'
import { type ReactNode, useEffect, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column, ListSpec } from './spec'

export interface TableHandle {
  /** Puts the keyboard on a row. */
  focus: (index: number) => void
  focused: () => number
}

interface Props<Row> {
  spec: ListSpec<Row>
  columns: Column<Row>[]
  rows: Row[]
  narrow: boolean
  dense: boolean
  sort: string
  onSort: (sort: string) => void
  selected: Set<string> | null
  onSelect: (index: number, range: boolean) => void
  onSelectAll: () => void
  changed: Set<string>
  more: boolean
  onMore: () => void
  loading: boolean
  empty: ReactNode
  ref?: React.Ref<TableHandle>
}

const CHECK = 40

function templateOf<Row>(columns: Column<Row>[], checks: boolean): string {
  const tracks = columns.map(column => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))
  return [...(checks ? [`${CHECK}px`] : []), ...tracks].join(' ')
}

function Head<Row>({ column, sort, onSort }: { column: Column<Row>; sort: string; onSort: (sort: string) => void }) {
  const { t } = useTranslation()
  const up = column.sort !== undefined && sort === column.sort
  const down = column.sort !== undefined && sort === `-${column.sort}`
  const text = t(column.label)
  return (
    <div
      role="columnheader"
      className={column.end ? 'num' : undefined}
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
    >
      {column.sort ? (
        <button type="button" className="head-sort" onClick={() => onSort(down ? `${column.sort}` : `-${column.sort}`)}>
          {!column.end && text}
          <span aria-hidden="true" className={up || down ? 'sort-on' : 'sort-off'}>
            {up ? <CaretUpOutlined /> : <CaretDownOutlined />}
          </span>
          {column.end && text}
        </button>
      ) : (
        text
      )}
    </div>
  )
}

export function VirtualTable<Row>(props: Props<Row>) {
  const { spec, columns, rows, narrow, dense, selected } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const height = narrow ? 104 : dense ? 34 : 44
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: index => {
      const row = rows[index]
      return row ? spec.rowKey(row) : index
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of rows changes
  useEffect(() => virtual.measure(), [height])

  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { more, onMore, loading } = props
  useEffect(() => {
    if (more && !loading && last >= rows.length - 30) onMore()
  }, [more, loading, last, rows.length, onMore])

  useImperativeHandle(props.ref, () => ({
    focus: index => {
      virtual.scrollToIndex(index, { align: 'auto' })
      const put = (tries: number) => {
        const link = box.current?.querySelector<HTMLElement>(`[data-row="${index}"] a.row-link`)
        if (link) link.focus({ preventScroll: true })
        else if (tries > 0) requestAnimationFrame(() => put(tries - 1))
      }
      put(5)
    },
    focused: () => {
      const row = document.activeElement?.closest('[data-row]')
      return row && box.current?.contains(row) ? Number(row.getAttribute('data-row')) : -1
    },
  }))

  const template = templateOf(columns, selected !== null)
  const width = columns.reduce((total, column) => total + column.width, selected ? CHECK : 0)
  const grid = { gridTemplateColumns: template }
  if (!loading && rows.length === 0) return <div className="list-box">{props.empty}</div>
  return (
    <div className={`list-box${dense ? ' dense' : ''}`} ref={box}>
      <div
        role={narrow ? 'list' : 'table'}
        aria-rowcount={narrow ? undefined : rows.length + 1}
        aria-label={t(spec.title)}
        style={narrow ? undefined : { minWidth: width }}
      >
        {!narrow && <HeadRow {...props} grid={grid} />}
        <div
          role={narrow ? 'presentation' : 'rowgroup'}
          style={{ height: virtual.getTotalSize(), position: 'relative' }}
        >
          {items.map(item => {
            const row = rows[item.index]
            if (!row) return null
            const place = { index: item.index, row, start: item.start }
            return narrow ? (
              <CardRow key={item.key} {...props} {...place} measure={virtual.measureElement} />
            ) : (
              <TableRow key={item.key} {...props} {...place} grid={grid} height={height} />
            )
          })}
        </div>
      </div>
      {loading && <LoadingRows count={rows.length === 0 ? 12 : 2} />}
    </div>
  )
}

interface Grid {
  gridTemplateColumns: string
}

function HeadRow<Row>({ columns, rows, selected, sort, onSort, onSelectAll, grid }: Props<Row> & { grid: Grid }) {
  const { t } = useTranslation()
  return (
    <div role="rowgroup" className="list-head">
      <div role="row" className="list-row" style={grid}>
        {selected && (
          <div role="columnheader" className="check-cell">
            <Checkbox
              aria-label={t('list:select_all')}
              checked={rows.length > 0 && selected.size === rows.length}
              indeterminate={selected.size > 0 && selected.size < rows.length}
              onChange={onSelectAll}
            />
          </div>
        )}
        {columns.map(column => (
          <Head key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  )
}

interface Place<Row> {
  index: number
  row: Row
  start: number
}

/** A row as a card, at phone width. */
function CardRow<Row>(props: Props<Row> & Place<Row> & { measure: (element: Element | null) => void }) {
  const { spec, row, index } = props
  const glows = props.changed.has(spec.rowKey(row))
  return (
    <div
      role="listitem"
      ref={props.measure}
      className={`list-card${glows ? ' glow' : ''}`}
      data-row={index}
      data-index={index}
      style={{ transform: `translateY(${props.start}px)` }}
    >
      <Link to={spec.rowHref(row)} className="row-link card-link">
        {spec.card(row)}
      </Link>
    </div>
  )
}

function TableRow<Row>(props: Props<Row> & Place<Row> & { grid: Grid; height: number }) {
  const { spec, row, index, columns, selected } = props
  const { t } = useTranslation()
  const key = spec.rowKey(row)
  const picked = selected?.has(key) ?? false
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`list-row body-row${props.changed.has(key) ? ' glow' : ''}${picked ? ' picked' : ''}`}
      data-row={index}
      data-index={index}
      style={{ ...props.grid, height: props.height, transform: `translateY(${props.start}px)` }}
    >
      {selected && (
        <div role="cell" className="check-cell">
          <Checkbox
            aria-label={t('list:select_row', { name: spec.rowName(row) })}
            checked={picked}
            onChange={event => props.onSelect(index, event.nativeEvent.shiftKey)}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <div role="cell" key={column.id} className={column.end ? 'num' : 'cut'}>
          {at === 0 ? (
            <Link to={spec.rowHref(row)} className="row-link">
              {column.render(row)}
            </Link>
          ) : (
            column.render(row)
          )}
        </div>
      ))}
    </div>
  )
}

const BONES = [88, 72, 94, 80, 66, 91, 77, 85, 70, 96, 74, 82]

function LoadingRows({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('common:loading')} className="list-bones">
      {BONES.slice(0, count).map(width => (
        <div key={width} className="bone" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}
