import { CopyOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { get, post } from '@/lib/api/client'
import type { ApiToken, Permission } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import './api-token.css'

interface TokenInput {
  name: string
  scopes: string[]
  expires_on: string | null
}

/** A new token: named, with a day it ends and what it may do; its secret is shown once. */
export function CreateToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const save = async (values: TokenInput) => {
    const token = await post<ApiToken>('/api-tokens', values)
    await client.invalidateQueries({ queryKey: ['api-tokens'] })
    setSecret(token.secret ?? '')
  }
  if (secret !== null) return <Secret secret={secret} onClose={onClose} />
  return (
    <FormDialog<TokenInput>
      title={t('api-token:new')}
      draftKey="api-token.new"
      width={620}
      initial={{ name: '', scopes: [], expires_on: null }}
      submitLabel={t('api-token:new')}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="name" label={t('api-token:field.name')} rules={[requiredRule(t)]}>
          <Input autoFocus maxLength={100} placeholder={t('api-token:hint.name')} />
        </Form.Item>
        <Form.Item name="expires_on" label={t('api-token:field.expires_on')} extra={t('api-token:hint.expires_on')}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item
        name="scopes"
        label={t('api-token:field.scopes')}
        extra={t('api-token:hint.scopes')}
        rules={[{ required: true, type: 'array', min: 1, message: t('api-token:check.scopes') }]}
      >
        <Scopes />
      </Form.Item>
    </FormDialog>
  )
}

/** The permissions the person holds, by group, each group with a box for all of it. */
function Scopes({ value = [], onChange }: { value?: string[]; onChange?: (scopes: string[]) => void }) {
  const { session } = useSession()
  const permissions = useQuery({
    queryKey: ['permissions'],
    queryFn: () => get<Permission[]>('/permissions'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const held = (permissions.data ?? []).filter(permission => session.permissions.includes(permission.code))
  const groups = [...new Set(held.map(permission => permission.group))]
  const set = (codes: string[], on: boolean) => {
    const rest = value.filter(code => !codes.includes(code))
    onChange?.(on ? [...rest, ...codes] : rest)
  }
  return (
    <div className="scopes">
      {groups.map(group => {
        const mine = held.filter(permission => permission.group === group)
        const codes = mine.map(permission => permission.code)
        const count = codes.filter(code => value.includes(code)).length
        return (
          <fieldset key={group}>
            <legend>
              <Checkbox
                checked={count === codes.length}
                indeterminate={count > 0 && count < codes.length}
                onChange={event => set(codes, event.target.checked)}
              >
                {mine[0]?.group_name}
              </Checkbox>
            </legend>
            {mine.map(permission => (
              <Checkbox
                key={permission.code}
                checked={value.includes(permission.code)}
                onChange={event => set([permission.code], event.target.checked)}
              >
                {permission.name}
              </Checkbox>
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}

/** Shown once; the server keeps only its hash. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const copy = () => {
    void navigator.clipboard?.writeText(secret).then(() => void message.success(t('api-token:copied')))
  }
  return (
    <Modal
      open
      title={t('api-token:created_title')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={560}
      footer={<Button onClick={onClose}>{t('api-token:kept')}</Button>}
    >
      <Alert type="warning" showIcon className="gap-below" title={t('api-token:secret_once')} />
      <div className="row">
        <Input
          readOnly
          value={secret}
          className="mono"
          aria-label={t('api-token:created_title')}
          onFocus={event => event.target.select()}
        />
        <Button type="primary" icon={<CopyOutlined />} autoFocus onClick={copy}>
          {t('api-token:copy')}
        </Button>
      </div>
    </Modal>
  )
}
