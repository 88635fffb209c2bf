import { PlusOutlined } from '@ant-design/icons'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { LinkButton } from './LinkButton'
import { type Command, useCommands } from './palette/commands'

/** The main button of a list that opens a new record; also under `n` and in the palette. Nothing for who may not. */
export function useNewLink(permission: string, path: string, label: string): ReactNode {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useCan(permission)
  useShortcuts(may ? [{ keys: 'n', label, run: () => void navigate(path) }] : [])
  const commands = useMemo<Command[]>(
    () => (may ? [{ id: path, label: t(label), icon: <PlusOutlined />, run: () => void navigate(path) }] : []),
    [may, path, label, t, navigate],
  )
  useCommands(commands)
  return useMemo(
    () =>
      may && (
        <LinkButton to={path} type="primary" icon={<PlusOutlined />}>
          {t(label)}
        </LinkButton>
      ),
    [may, path, label, t],
  )
}
