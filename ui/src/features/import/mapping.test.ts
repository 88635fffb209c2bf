import { expect, it } from 'vitest'
import type { ImportField, ImportSheet, MappingSource } from '@/lib/api/types'
import {
  asTemplate,
  beginning,
  columnIn,
  fits,
  guessFields,
  kindOf,
  missing,
  patternOf,
  samples,
  sheetOf,
  withRule,
} from './mapping'

const field = (key: string, label: string, required = false): ImportField => ({
  key,
  label,
  takes: 'text',
  required,
  codes: [],
})
const CUSTOMER = [field('code', '编码', true), field('name', '名称', true), field('city', '市')]
const NONE = { products: [], prices: [], exchange_rates: [], stock: [], orders: [], order_lines: [] }
const sheet: ImportSheet = {
  file: 'Customers 2026.csv',
  sheet: '',
  columns: ['客户编码', 'Name', 'City'],
  rows: 2,
  sample: [
    ['C1', '明华', ''],
    ['C2', '新雅', '上海'],
  ],
}
const source: MappingSource = {
  noun: 'customers',
  file: 'customers*.csv',
  sheet: '',
  fields: { code: { column: ['CustomerID', '客户编码'] }, name: { column: ['Name'] } },
}

it('fits patterns as the server does', () => {
  expect(fits('', 'anything')).toBe(true)
  expect(fits('customers*.csv', 'Customers 2026.csv')).toBe(true)
  expect(fits('customers.csv', 'customersXcsv')).toBe(false)
})

it('finds the sheet and column a source speaks of', () => {
  const other = { ...sheet, file: 'customers old.csv', columns: ['x'] }
  expect(sheetOf(source, [other, sheet])).toBe(sheet)
  expect(columnIn(sheet, ['CustomerID', '客户编码'])).toBe('客户编码')
  expect(columnIn(sheet, ['city '])).toBe('City')
  expect(samples(sheet, 'City')).toEqual(['上海'])
})

it('tells simple rules from those only a template can say', () => {
  expect(kindOf(undefined)).toBe('none')
  expect(kindOf({ column: ['a'] })).toBe('column')
  expect(kindOf({ value: 'x' })).toBe('value')
  expect(kindOf({ join: ['a', 'b'] })).toBe('other')
  expect(kindOf({ column: ['a'], map: { x: 'y' } })).toBe('other')
})

it('names required fields without a column', () => {
  expect(missing(source, CUSTOMER, sheet)).toEqual([])
  expect(missing(withRule(source, 'name', null), CUSTOMER, sheet).map(each => each.key)).toEqual(['name'])
  expect(missing(withRule(source, 'name', { column: ['Nome'] }), CUSTOMER, sheet)).toHaveLength(1)
  expect(missing(withRule(source, 'name', { value: 'x' }), CUSTOMER, sheet)).toEqual([])
})

it('begins with what the columns say by name or label', () => {
  expect(Object.keys(guessFields(CUSTOMER, sheet, '客户'))).toEqual(['code', 'name', 'city'])
  const mapping = beginning([sheet], { customers: CUSTOMER, ...NONE }, () => '客户')
  expect(mapping.source.map(each => [each.noun, each.file])).toEqual([['customers', 'Customers 2026.csv']])
})

it('takes a file for what it is called, where its columns say little', () => {
  const called = { ...sheet, file: 'Customers.csv', columns: ['Id', 'Anything'] }
  const mapping = beginning([called], { customers: CUSTOMER, ...NONE }, noun => noun)
  expect(mapping.source.map(each => each.noun)).toEqual(['customers'])
})

it('makes a template that reads other files of the same kind', () => {
  expect(patternOf('订单 2026-11.csv')).toBe('订单*.csv')
  expect(patternOf('orders.csv')).toBe('orders*.csv')
  expect(patternOf('2026.csv')).toBe('')
  const mapping = beginning([sheet], { customers: CUSTOMER, ...NONE }, () => '客户')
  expect(asTemplate(mapping, [sheet]).source.map(each => each.file)).toEqual([''])
  const other = { ...sheet, file: 'x.csv' }
  expect(asTemplate(mapping, [sheet, other]).source.map(each => each.file)).toEqual(['Customers*.csv'])
  expect(asTemplate({ ...mapping, source: [source] }, [sheet]).source[0]?.file).toBe('customers*.csv')
})
