import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { get, post, put } from '@/lib/api/client'
import type { Webhook, WebhookSecret } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { KindsField } from './KindsField'
import { SecretDialog } from './SecretDialog'

type WebhookInput = Pick<Webhook, 'url' | 'description' | 'kinds' | 'active'>

const NEW: WebhookInput = { url: '', description: '', kinds: [], active: true }

/** A new webhook (`id` is `new`), or one to be changed. */
export function WebhookForm({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['webhooks', 'one', id],
    queryFn: () => get<Webhook>(`/webhooks/${id}`),
    enabled: id !== 'new',
  })
  if (id === 'new') return <Fields webhook={null} onClose={onClose} />
  return found.data ? <Fields key={found.data.version} webhook={found.data} onClose={onClose} /> : null
}

function Fields({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [secret, setSecret] = useState<string | null>(null)
  const { url, description, kinds, active } = webhook ?? NEW
  const refresh = () => client.invalidateQueries({ queryKey: ['webhooks'] })
  const rotate = usePost<object, WebhookSecret>(`/webhooks/${webhook?.id}/rotate`, {
    onDone: answer => setSecret(answer.secret ?? ''),
  })
  const save = async (values: WebhookInput) => {
    if (webhook) {
      await put(`/webhooks/${webhook.id}`, values, { version: webhook.version })
      await refresh()
      onClose()
    } else {
      const made = await post<WebhookSecret>('/webhooks', values)
      setSecret(made.secret ?? '')
    }
    void message.success(t('notification:webhook.saved'))
  }
  const kept = () => {
    onClose()
    void refresh()
  }
  if (secret !== null) return <SecretDialog secret={secret} onClose={kept} />
  return (
    <FormDialog<WebhookInput>
      title={t(webhook ? 'notification:webhook.edit' : 'notification:webhook.new')}
      draftKey={`webhook.${webhook ? `${webhook.id}.${webhook.version}` : 'new'}`}
      width={600}
      initial={{ url, description, kinds, active }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item
        name="url"
        label={t('notification:field.url')}
        extra={t('notification:webhook.hint_url')}
        rules={[requiredRule(t)]}
      >
        <Input maxLength={500} autoFocus placeholder="https://" />
      </Form.Item>
      <Form.Item name="description" label={t('notification:field.description')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="kinds" label={t('notification:field.kinds')} extra={t('notification:kinds.usual_hint')}>
        <KindsField />
      </Form.Item>
      <Form.Item name="active" label={t('notification:field.active')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {webhook && (
        <Popconfirm
          title={t('notification:webhook.rotate_consequence')}
          icon={null}
          okText={t('notification:webhook.rotate')}
          cancelText={t('common:back')}
          onConfirm={() => rotate.mutate({})}
        >
          <Button loading={rotate.isPending}>{t('notification:webhook.rotate')}</Button>
        </Popconfirm>
      )}
    </FormDialog>
  )
}
