/** The roles of the company, and how they are called in the person's language. */
import { useQuery } from '@tanstack/react-query'
import { get } from './api/client'
import type { Page, Role } from './api/types'
import { currentLanguage } from './i18n'

export function useRoles() {
  return useQuery({
    queryKey: ['roles', 'all'],
    queryFn: async () => (await get<Page<Role>>('/roles', { limit: 200 })).items,
  })
}
export function roleName(role: Role): string {
  return role.name[currentLanguage()] || role.code
}
