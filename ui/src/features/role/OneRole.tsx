import { EditOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { roleName } from '@/lib/roles'
import type { MatrixProps } from './Matrix'
import { permissionsOf } from './permissions'

/** One role at a time, where there is no room for the table. */
export function OneRole({ roles, groups, changes, disabled, onToggle, onRename }: MatrixProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState(roles[0]?.code ?? '')
  const role = roles.find(item => item.code === code) ?? roles[0]
  if (!role) return null
  const held = permissionsOf(role, changes)
  return (
    <div className="main-column">
      <div className="row">
        <Select
          style={{ flex: 1 }}
          aria-label={t('role:choose')}
          value={role.code}
          options={roles.map(item => ({ value: item.code, label: roleName(item) }))}
          onChange={setCode}
        />
        {!disabled && <Button icon={<EditOutlined />} aria-label={t('role:rename')} onClick={() => onRename(role)} />}
      </div>
      {groups.map(group => (
        <Card key={group.code} title={group.name}>
          <div className="role-ticks">
            {group.permissions.map(permission => (
              <Checkbox
                key={permission.code}
                disabled={disabled}
                checked={held.has(permission.code)}
                onChange={event => onToggle(role, [permission.code], event.target.checked)}
              >
                {permission.name}
              </Checkbox>
            ))}
          </div>
        </Card>
      ))}
    </div>
  )
}
