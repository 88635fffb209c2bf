import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Lot } from '@/lib/api/types'
import { traceOf } from './trace'
import './trace.css'

const WIDTH = 200
const HEIGHT = 64
const GAP = 56

/** Left what it came by, right who has it. The table below says the same with figures. */
export function TraceChart({ lot }: { lot: Lot }) {
  const { t } = useTranslation()
  const trace = traceOf(lot.steps)
  if (trace.nodes.length === 0) return <p className="soft">{t('place:no_steps')}</p>
  const x = (column: number) => column * (WIDTH + GAP)
  const y = (row: number) => row * (HEIGHT + 12)
  const at = new Map(trace.nodes.map(node => [node.key, node]))
  return (
    <div className="trace">
      <div className="trace-sheet" style={{ width: x(trace.columns) - GAP, height: y(trace.rows) }}>
        <svg aria-hidden="true" width={x(trace.columns) - GAP} height={y(trace.rows)}>
          {trace.links.map(({ from, to }) => {
            const [a, b] = [at.get(from), at.get(to)]
            if (!a || !b) return null
            const [x1, y1, x2, y2] = [x(a.column) + WIDTH, y(a.row) + HEIGHT / 2, x(b.column), y(b.row) + HEIGHT / 2]
            const middle = (x1 + x2) / 2
            return <path key={`${from} ${to}`} d={`M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} />
          })}
        </svg>
        {trace.nodes.map(node => {
          const style = { left: x(node.column), top: y(node.row), width: WIDTH, height: HEIGHT }
          const own = node.kind === 'lot' && node.key === `lot ${lot.id}`
          const inner = (
            <>
              <span className="strong cut">{node.title}</span>
              <span className="soft cut">{node.text}</span>
            </>
          )
          const name = `trace-node ${node.kind}${own ? ' own' : ''}`
          return node.href ? (
            <Link key={node.key} to={node.href} className={name} style={style}>
              {inner}
            </Link>
          ) : (
            <span key={node.key} className={name} style={style}>
              {inner}
            </span>
          )
        })}
      </div>
    </div>
  )
}
