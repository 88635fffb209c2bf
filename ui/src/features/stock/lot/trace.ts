/** The way of a lot as a picture: columns from what went in to who has it, and lines between them. */
import type { LotStep } from '@/lib/api/types'

export interface Node {
  key: string
  column: number
  row: number
  title: string
  text: string
  href: string | null
  kind: 'source' | 'lot' | 'customer'
}
export interface Trace {
  nodes: Node[]
  links: { from: string; to: string }[]
  columns: number
  rows: number
}

const CAME = ['receipt', 'opening', 'return', 'transfer_in', 'adjust']

/** Where lots came from (papers that brought them in), the lots themselves by depth, and the customers who got any. */
export function traceOf(steps: LotStep[]): Trace {
  const nodes = new Map<string, Omit<Node, 'row'>>()
  const links = new Map<string, { from: string; to: string }>()
  const link = (from: string, to: string) => links.set(`${from} ${to}`, { from, to })
  const put = (node: Omit<Node, 'row'>) => {
    if (!nodes.has(node.key)) nodes.set(node.key, node)
  }
  const depths = [...new Set(steps.map(step => step.depth))].sort((a, b) => a - b)
  const columnOf = (depth: number) => 1 + depths.indexOf(depth)
  for (const step of steps) {
    const lot = `lot ${step.lot.id}`
    const column = columnOf(step.depth)
    put({
      key: lot,
      column,
      title: step.lot.number,
      text: step.product.name,
      href: `/stock/lots/${step.lot.id}`,
      kind: 'lot',
    })
    if (step.customer) {
      const customer = `customer ${step.customer.id}`
      put({
        key: customer,
        column: depths.length + 1,
        title: step.customer.name,
        text: step.order?.number ?? '',
        href: `/customers/${step.customer.id}`,
        kind: 'customer',
      })
      link(lot, customer)
    } else if (CAME.includes(step.kind) && column === 1) {
      const source = `paper ${step.paper.id}`
      put({ key: source, column: 0, title: step.paper.number || '–', text: step.warehouse, href: null, kind: 'source' })
      link(source, lot)
    }
  }
  // What went into something is told by the paper that took it out and brought the other in.
  for (const used of steps.filter(step => step.kind === 'consume')) {
    for (const made of steps) {
      if (made.kind === 'receipt' && made.paper.id === used.paper.id && made.lot.id !== used.lot.id) {
        link(`lot ${used.lot.id}`, `lot ${made.lot.id}`)
      }
    }
  }
  const rows = new Map<number, number>()
  const placed = [...nodes.values()].map(node => {
    const row = rows.get(node.column) ?? 0
    rows.set(node.column, row + 1)
    return { ...node, row }
  })
  return { nodes: placed, links: [...links.values()], columns: depths.length + 2, rows: Math.max(1, ...rows.values()) }
}
