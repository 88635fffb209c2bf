/** Lines of a document or a small table inside a page; at phone width each line becomes a block of labelled values. */
import type { ReactNode } from 'react'
import './line-table.css'

export interface LineColumn<Row> {
  id: string
  label: string
  /** Figures stand at the right. */
  end?: boolean
  /** Width in pixels; columns without share what is left. */
  width?: number
  /** Names the line: spans the block at phone width and needs no label there. */
  main?: boolean
  render: (row: Row, index: number) => ReactNode
  /** Below the last line: a sum. */
  foot?: ReactNode
}

interface Props<Row> {
  label: string
  columns: LineColumn<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string | number
  rowClass?: (row: Row) => string | undefined
  /** Said in place of rows when there are none. */
  empty?: string
}

export function LineTable<Row>({ label, columns, rows, rowKey, rowClass, empty }: Props<Row>) {
  if (rows.length === 0 && empty) return <p className="line-empty soft">{empty}</p>
  const foot = columns.some(column => column.foot !== undefined)
  const cell = (column: LineColumn<Row>) => (column.end ? 'num' : column.main ? 'main' : undefined)
  return (
    <div className="table-box">
      <table className="table line-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.id} scope="col" className={cell(column)} style={{ width: column.width }}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row)} className={rowClass?.(row)}>
              {columns.map(column => (
                <td key={column.id} className={cell(column)} data-label={column.main ? undefined : column.label}>
                  {column.render(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && rows.length > 0 && (
          <tfoot>
            <tr>
              {columns.map(column => (
                <td key={column.id} className={cell(column)} data-label={column.foot ? column.label : undefined}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
