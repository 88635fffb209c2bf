import { expect, it } from 'vitest'
import type { Role } from '@/lib/api/types'
import { changed, differences, groupsOf, permissionsOf } from './permissions'

const role: Role = {
  code: 'finance',
  version: 1,
  name: { 'zh-CN': '财务', 'zh-TW': '財務', en: 'Finance' },
  permissions: ['order.view', 'payment.record'],
  built_in: true,
}

it('keeps only what differs from the role as it is', () => {
  const given = changed({}, role, ['invoice.void'], true)
  expect([...permissionsOf(role, given)].sort()).toEqual(['invoice.void', 'order.view', 'payment.record'])
  expect(differences([role], given)).toBe(1)
  expect(changed(given, role, ['invoice.void'], false)).toEqual({})
  const taken = changed(given, role, ['order.view', 'payment.record'], false)
  expect(taken.finance).toEqual(['invoice.void'])
  expect(differences([role], taken)).toBe(3)
})

it('groups permissions in their order', () => {
  const permission = (code: string, group: string) => ({ code, group, group_name: group, name: code })
  const groups = groupsOf([
    permission('order.view', 'order'),
    permission('stock.view', 'stock'),
    permission('order.edit', 'order'),
  ])
  expect(groups.map(group => [group.code, group.permissions.length])).toEqual([
    ['order', 2],
    ['stock', 1],
  ])
})
