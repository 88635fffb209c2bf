import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { AdminTabs } from '@/components/AdminTabs'
import { ListPage } from '@/components/list/ListPage'
import { ACTIVE_FILTER, type Column, type ListSpec } from '@/components/list/spec'
import { useNewLink } from '@/components/NewLink'
import { When } from '@/components/When'
import { WordTag } from '@/components/WordTag'
import type { Role, User } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { roleName, useRoles } from '@/lib/roles'

const rowKey = (row: User) => row.id

function names(user: User, roles: Role[]): string[] {
  return user.roles.map(code => {
    const role = roles.find(item => item.code === code)
    return role ? roleName(role) : code
  })
}

function userColumns(t: TFunction, roles: Role[]): Column<User>[] {
  return [
    { id: 'username', label: 'user:field.username', width: 160, sort: 'username', render: row => row.username },
    {
      id: 'name',
      label: 'user:field.name',
      width: 180,
      sort: 'name',
      render: row => (
        <span className="row">
          <span className="cut">{row.name}</span>
          <InactiveTag active={row.active} />
        </span>
      ),
    },
    {
      id: 'roles',
      label: 'user:field.roles',
      width: 260,
      grow: true,
      render: row => (
        <span className="row">
          {names(row, roles).map(name => (
            <WordTag key={name}>{name}</WordTag>
          ))}
        </span>
      ),
    },
    {
      id: 'language',
      label: 'user:field.language',
      width: 120,
      render: row => LANGUAGES.find(item => item.code === row.language)?.name ?? row.language,
    },
    {
      id: 'last_seen_at',
      label: 'user:field.last_seen_at',
      width: 140,
      render: row =>
        row.last_seen_at ? <When instant={row.last_seen_at} /> : <span className="soft">{t('user:never_seen')}</span>,
    },
  ]
}

/** Who may sign in. */
export function UsersPage() {
  const { t } = useTranslation()
  const roles = useRoles().data
  const create = useNewLink('user.edit', '/users/new', 'user:new')
  const spec = useMemo<ListSpec<User>>(() => {
    const known = roles ?? []
    return {
      noun: 'users',
      path: '/users',
      title: 'nav:users',
      rowKey,
      rowHref: row => `/users/${row.id}`,
      rowName: row => row.name,
      columns: userColumns(t, known),
      filters: [
        {
          kind: 'choice',
          key: 'role',
          label: 'user:field.role',
          options: known.map(role => ({ value: role.code, label: roleName(role) })),
        },
        ACTIVE_FILTER,
      ],
      defaultSort: 'username',
      searchHint: 'user:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <InactiveTag active={row.active} />
            <When instant={row.last_seen_at} />
          </span>
          <span className="soft cut">
            {row.username} · {names(row, known).join('、')}
          </span>
        </span>
      ),
      above: <AdminTabs />,
      extra: create,
      empty: { title: t('user:empty.title'), text: t('user:empty.text'), action: create },
    }
  }, [t, roles, create])
  return <ListPage spec={spec} />
}
