import { expect, it } from 'vitest'
import { toCsv } from './csv'

const body = (rows: string[][]) => toCsv(rows).slice(1)

it('quotes what must be quoted, with a mark at the beginning', () => {
  expect(toCsv([['a']])).toBe('\uFEFFa\r\n')
  expect(body([['a,b', 'say "hi"', 'two\nlines', 'plain']])).toBe('"a,b","say ""hi""","two\nlines",plain\r\n')
})

it('lets no cell run as a formula, and leaves numbers alone', () => {
  expect(body([['=1+1', '@SUM(A1)', '+86 138', '-5.20', '-x']])).toBe("'=1+1,'@SUM(A1),'+86 138,-5.20,'-x\r\n")
})
