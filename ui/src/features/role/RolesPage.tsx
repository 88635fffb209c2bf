import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AdminTabs } from '@/components/AdminTabs'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { put } from '@/lib/api/client'
import type { Role } from '@/lib/api/types'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { useMessage } from '@/lib/message'
import { useRoles } from '@/lib/roles'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useNarrow } from '@/lib/viewport'
import { Matrix } from './Matrix'
import { OneRole } from './OneRole'
import { type Changes, changed, differences, groupsOf, usePermissions } from './permissions'
import './role.css'

const RoleForm = lazy(() => import('./RoleForm').then(module => ({ default: module.RoleForm })))

const DRAFT = 'roles'

/** Which role may do what: a table of ticks; nothing holds until it is saved. */
export function RolesPage() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const mayEdit = useCan('role.edit')
  const roles = useRoles()
  const permissions = usePermissions()
  const [changes, setChanges] = useState<Changes>(() => readDraft<Changes>(DRAFT)?.value ?? {})
  const { save: keep, drop } = useDraftSaver<Changes>(DRAFT)
  const [open, setOpen] = useState<Role | 'new' | null>(null)
  const error = roles.error ?? permissions.error
  if (error) return <ErrorState error={error} onRetry={() => void roles.refetch()} />
  if (!roles.data || !permissions.data) return <PageSkeleton />
  const groups = groupsOf(permissions.data)
  const setAndKeep = (next: Changes) => {
    setChanges(next)
    if (Object.keys(next).length > 0) keep(next)
    else drop()
  }
  const shared = {
    roles: roles.data,
    groups,
    changes,
    disabled: !mayEdit,
    onToggle: (role: Role, codes: string[], on: boolean) => setAndKeep(changed(changes, role, codes, on)),
    onRename: (role: Role) => setOpen(role),
  }
  return (
    <div className="page role-page">
      <PageHead title={t('nav:users')}>
        {mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('role:new')}
          </Button>
        )}
      </PageHead>
      <AdminTabs />
      {narrow ? <OneRole {...shared} /> : <Matrix {...shared} />}
      <SaveBar roles={roles.data} changes={changes} onDiscard={() => setAndKeep({})} onSaved={setAndKeep} />
      {open && (
        <Suspense fallback={null}>
          <RoleForm role={open === 'new' ? null : open} roles={roles.data} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  )
}

interface BarProps {
  roles: Role[]
  changes: Changes
  onDiscard: () => void
  /** What is left to save. */
  onSaved: (rest: Changes) => void
}

/** Saves every changed role; what could not be saved stays as it was typed. */
function SaveBar({ roles, changes, onDiscard, onSaved }: BarProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [busy, setBusy] = useState(false)
  const count = differences(roles, changes)
  if (count === 0) return null
  const save = async () => {
    setBusy(true)
    let rest = changes
    let done = 0
    try {
      for (const role of roles) {
        const permissions = changes[role.code]
        if (!permissions) continue
        await put(`/roles/${role.code}`, { name: role.name, permissions }, { version: role.version })
        const { [role.code]: _, ...others } = rest
        rest = others
        done += 1
      }
      void message.success(t('role:saved', { shown: done }))
    } catch (error) {
      void message.error(problemText(error), 6)
    } finally {
      await client.invalidateQueries({ queryKey: ['roles'] })
      onSaved(rest)
      setBusy(false)
    }
  }
  return (
    <footer className="form-foot">
      <span className="grow ink-risk">{t('role:changed', { shown: count })}</span>
      <Button onClick={onDiscard}>{t('role:discard')}</Button>
      <Button type="primary" loading={busy} onClick={() => void save()}>
        {t('common:save')}
      </Button>
    </footer>
  )
}
