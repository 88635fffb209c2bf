import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { post, put } from '@/lib/api/client'
import type { Language, Role } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { roleName } from '@/lib/roles'

interface RoleInput {
  code: string
  name: Record<Language, string>
  /** Role whose permissions a new one begins with. */
  like: string | null
}

const LABELS: Record<Language, string> = {
  'zh-CN': 'role:field.name_zh_cn',
  'zh-TW': 'role:field.name_zh_tw',
  en: 'role:field.name_en',
}

/** The three names of a role; a new one begins with the permissions of another. */
export function RoleForm({ role, roles, onClose }: { role: Role | null; roles: Role[]; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async ({ code, name, like }: RoleInput) => {
    if (role) {
      await put(`/roles/${role.code}`, { name, permissions: role.permissions }, { version: role.version })
    } else {
      const permissions = roles.find(item => item.code === like)?.permissions ?? []
      await post('/roles', { code, name, permissions })
    }
    await client.invalidateQueries({ queryKey: ['roles'] })
    void message.success(role ? t('role:saved', { shown: 1 }) : t('role:created'))
    onClose()
  }
  return (
    <FormDialog<RoleInput>
      title={role ? t('role:rename_title', { name: roleName(role) }) : t('role:new')}
      draftKey={`role.${role ? `${role.code}.${role.version}` : 'new'}`}
      width={440}
      initial={{ code: role?.code ?? '', name: role?.name ?? { 'zh-CN': '', 'zh-TW': '', en: '' }, like: null }}
      onSubmit={save}
      onClose={onClose}
    >
      {!role && (
        <>
          <Form.Item name="code" label={t('role:field.code')} rules={[requiredRule(t)]} extra={t('role:hint.code')}>
            <Input maxLength={40} autoFocus />
          </Form.Item>
          <Form.Item name="like" label={t('role:hint.copy')}>
            <Select allowClear options={roles.map(item => ({ value: item.code, label: roleName(item) }))} />
          </Form.Item>
        </>
      )}
      {(['zh-CN', 'zh-TW', 'en'] as const).map(language => (
        <Form.Item key={language} name={['name', language]} label={t(LABELS[language])} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
      ))}
    </FormDialog>
  )
}
