/** Permissions by group, and what was changed in them. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Permission, Role } from '@/lib/api/types'

export interface PermissionGroup {
  code: string
  name: string
  permissions: Permission[]
}

export function groupsOf(permissions: Permission[]): PermissionGroup[] {
  const groups = new Map<string, PermissionGroup>()
  for (const permission of permissions) {
    const group = groups.get(permission.group) ?? {
      code: permission.group,
      name: permission.group_name,
      permissions: [],
    }
    group.permissions.push(permission)
    groups.set(permission.group, group)
  }
  return [...groups.values()]
}

/** What a role is to be permitted, for the roles that were changed. */
export type Changes = Record<string, string[]>

export function permissionsOf(role: Role, changes: Changes): Set<string> {
  return new Set(changes[role.code] ?? role.permissions)
}

/** The changes with some permissions of a role given or taken; a role as it was is no change. */
export function changed(changes: Changes, role: Role, codes: string[], on: boolean): Changes {
  const now = permissionsOf(role, changes)
  for (const code of codes) {
    if (on) now.add(code)
    else now.delete(code)
  }
  const { [role.code]: _, ...rest } = changes
  const same = now.size === role.permissions.length && role.permissions.every(code => now.has(code))
  return same ? rest : { ...rest, [role.code]: [...now] }
}

/** How many permissions differ from what the roles have. */
export function differences(roles: Role[], changes: Changes): number {
  return roles.reduce((total, role) => {
    const now = permissionsOf(role, changes)
    const before = new Set(role.permissions)
    return total + [...now].filter(code => !before.has(code)).length + [...before].filter(code => !now.has(code)).length
  }, 0)
}

export function usePermissions() {
  return useQuery({
    queryKey: ['permissions'],
    queryFn: () => get<Permission[]>('/permissions'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
