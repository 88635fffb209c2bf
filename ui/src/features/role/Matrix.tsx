import { EditOutlined } from '@ant-design/icons'
import { Checkbox, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '@/lib/api/types'
import { roleName } from '@/lib/roles'
import { type Changes, type PermissionGroup, permissionsOf } from './permissions'

export interface MatrixProps {
  roles: Role[]
  groups: PermissionGroup[]
  changes: Changes
  disabled: boolean
  onToggle: (role: Role, codes: string[], on: boolean) => void
  onRename: (role: Role) => void
}

/** Permissions as rows, roles as columns; a group's box ticks all of it. */
export function Matrix({ roles, groups, changes, disabled, onToggle, onRename }: MatrixProps) {
  const { t } = useTranslation()
  const held = new Map(roles.map(role => [role.code, permissionsOf(role, changes)]))
  const has = (role: Role, code: string) => held.get(role.code)?.has(code) ?? false
  return (
    <section className="matrix-box" aria-label={t('role:matrix')}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{t('role:permission')}</th>
            {roles.map(role => (
              <th key={role.code} scope="col">
                <span>{roleName(role)}</span>
                {!disabled && (
                  <Tooltip title={t('role:rename')}>
                    <button
                      type="button"
                      className="plain-button"
                      aria-label={`${t('role:rename')} ${roleName(role)}`}
                      onClick={() => onRename(role)}
                    >
                      <EditOutlined />
                    </button>
                  </Tooltip>
                )}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(group => {
          const codes = group.permissions.map(permission => permission.code)
          return (
            <tbody key={group.code}>
              <tr className="matrix-group">
                <th scope="rowgroup">{group.name}</th>
                {roles.map(role => {
                  const count = codes.filter(code => has(role, code)).length
                  return (
                    <td key={role.code}>
                      <Checkbox
                        disabled={disabled}
                        checked={count === codes.length}
                        indeterminate={count > 0 && count < codes.length}
                        aria-label={t('role:allow_group', { role: roleName(role), group: group.name })}
                        onChange={event => onToggle(role, codes, event.target.checked)}
                      />
                    </td>
                  )
                })}
              </tr>
              {group.permissions.map(permission => (
                <tr key={permission.code}>
                  <th scope="row">{permission.name}</th>
                  {roles.map(role => {
                    const on = has(role, permission.code)
                    const differs = on !== role.permissions.includes(permission.code)
                    return (
                      <td key={role.code} className={differs ? 'matrix-changed' : undefined}>
                        <Checkbox
                          disabled={disabled}
                          checked={on}
                          aria-label={t('role:allow', { role: roleName(role), permission: permission.name })}
                          onChange={event => onToggle(role, [permission.code], event.target.checked)}
                        />
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          )
        })}
      </table>
    </section>
  )
}
