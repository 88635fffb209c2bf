/**
 * Whatever is pasted: it is understood or refused row by row, nothing breaks, and a figure is the one that was written.
 * More cases with `SHUNDAN_TORTURE_SECONDS`, others with `SHUNDAN_TORTURE_SEED`.
 */
import { expect, it } from 'vitest'
import { readPasted } from '@/features/stock/paste'
import { isDecimal, readDecimal } from '@/lib/decimal'
import { cellsOf, readRows, understand } from './paste'

const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process
const SEED = Number(env.SHUNDAN_TORTURE_SEED ?? 3)
const SECONDS = Number(env.SHUNDAN_TORTURE_SECONDS ?? 0)

/** Numbers by chance below `many`, the same for the same seed (mulberry32). */
function dice(seed: number) {
  let state = seed >>> 0
  return (many: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) % many
  }
}
type Below = ReturnType<typeof dice>

const CELLS = [
  '',
  ' ',
  'SP-1001',
  '6901234567892',
  '保温杯',
  '数量',
  '商品编码',
  '单价(元)',
  'qty',
  'price',
  '备注',
  '=1+1',
  '"',
  '""',
  '"a\nb"',
  'a"b',
  '1',
  '20',
  '0',
  '-5',
  '1,200',
  '1,20',
  '1.5',
  '1,5',
  '￥68.50',
  '１２８',
  '½',
  '5²',
  '①',
  '1e5',
  '٣',
  'NaN',
  '1.2.3',
  '1 000',
  '12元',
  '30%',
  '\u0000',
  '\u200b',
  '\u202e5',
  '\ud800',
  '🧨',
  '<script>',
  "' OR 1=1",
  '9'.repeat(400),
  'x'.repeat(5000),
  '\ufeff',
]

function text(below: Below): string {
  const pick = (all: string[]) => all[below(all.length)] ?? ''
  const separator = pick(['\t', '\t', ',', ';', ' '])
  const end = pick(['\n', '\r\n', '\r', '\n\n'])
  const rows = Array.from({ length: below(8) }, () =>
    Array.from({ length: below(7) }, () => pick(CELLS)).join(separator),
  )
  return rows.join(end)
}

function holds(pasted: string) {
  const cells = cellsOf(pasted)
  const width = cells[0]?.length ?? 0
  expect(cells.every(row => row.length === width)).toBe(true)
  const { meanings, rows } = understand(cells)
  expect(meanings.length).toBe(width)
  for (const meaning of ['product', 'quantity', 'price', 'discount'] as const)
    expect(meanings.filter(each => each === meaning).length).toBeLessThanOrEqual(1)
  const read = readRows(rows, meanings)
  expect(read.length).toBe(rows.length)
  for (const row of read) {
    if (row.errors.length > 0) continue
    expect(row.product).not.toBe('')
    expect(isDecimal(row.quantity) && Number(row.quantity) > 0).toBe(true)
    for (const figure of [row.price, row.discount]) expect(figure === '' || isDecimal(figure)).toBe(true)
  }
  for (const row of readPasted(pasted)) expect(isDecimal(row.quantity)).toBe(true)
}

it(
  'understands or refuses whatever is pasted',
  () => {
    const below = dice(SEED)
    const until = Date.now() + SECONDS * 1000
    let texts = 0
    do {
      for (let i = 0; i < 1500; i += 1, texts += 1) {
        const pasted = text(below)
        try {
          holds(pasted)
        } catch (error) {
          throw new Error(`seed ${SEED}, text ${texts}: ${JSON.stringify(pasted)}`, { cause: error })
        }
      }
    } while (Date.now() < until)
    // biome-ignore lint/suspicious/noConsole: the one line that a long run is read by
    console.info(`torture paste: ${texts} texts from seed ${SEED}`)
  },
  SECONDS * 1000 + 60_000,
)

it('reads a figure to the last digit, however it is written', () => {
  const below = dice(SEED + 1)
  for (let i = 0; i < 2000; i += 1) {
    const whole = String(below(1_000_000_000))
    const figure = below(2) === 0 ? whole : `${whole}.${String(below(1_000_000)).padStart(6, '0')}`
    const grouped = figure.replace(/^\d+/, digits => digits.replace(/\B(?=(\d{3})+$)/g, ','))
    const wide = figure.replace(/[0-9.]/g, char => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
    for (const written of [figure, grouped, `￥${grouped}`, `${figure}元`, ` ${figure} `, wide])
      expect(readDecimal(written)).toBe(figure)
  }
})

it('takes a sheet of two hundred thousand rows', () => {
  const cells = cellsOf('SP-1\t2\n'.repeat(200_000))
  expect(cells.length).toBe(200_000)
})
