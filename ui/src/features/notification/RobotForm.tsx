import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { get, post, put } from '@/lib/api/client'
import type { Robot } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { KindsField } from './KindsField'

const PROVIDERS = ['dingtalk', 'feishu', 'wecom', 'generic'] as const

interface RobotInput extends Pick<Robot, 'name' | 'provider' | 'kinds' | 'language' | 'active'> {
  url: string
  secret: string
}

/** A new robot (`id` is `new`), or one to be changed. */
export function RobotForm({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['robots', 'one', id],
    queryFn: () => get<Robot>(`/robots/${id}`),
    enabled: id !== 'new',
  })
  if (id === 'new') return <Fields robot={null} onClose={onClose} />
  return found.data ? <Fields key={found.data.version} robot={found.data} onClose={onClose} /> : null
}

function Fields({ robot, onClose }: { robot: Robot | null; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async ({ url, secret, ...rest }: RobotInput) => {
    // What is left empty stays as it was.
    const values = { ...rest, ...(url ? { url } : {}), ...(secret ? { secret } : {}) }
    if (robot) await put(`/robots/${robot.id}`, values, { version: robot.version })
    else await post('/robots', values)
    await client.invalidateQueries({ queryKey: ['robots'] })
    void message.success(t('notification:robot.saved'))
    onClose()
  }
  const initial: RobotInput = {
    name: robot?.name ?? '',
    provider: robot?.provider ?? 'dingtalk',
    kinds: robot?.kinds ?? [],
    language: robot?.language ?? (i18n.language as Robot['language']),
    active: robot?.active ?? true,
    url: '',
    secret: '',
  }
  return (
    <FormDialog<RobotInput>
      title={t(robot ? 'notification:robot.edit' : 'notification:robot.new')}
      draftKey={null}
      width={600}
      initial={initial}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="name" label={t('notification:field.name')} rules={[requiredRule(t)]}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="provider" label={t('notification:field.provider')} rules={[chosenRule(t)]}>
          <Select options={PROVIDERS.map(value => ({ value, label: t(`notification:provider.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="url"
        label={t('notification:field.url')}
        extra={t('notification:robot.hint_url')}
        rules={robot ? [] : [requiredRule(t)]}
      >
        <Input maxLength={500} placeholder={robot?.url ?? 'https://'} autoComplete="off" />
      </Form.Item>
      <Form.Item name="secret" label={t('notification:field.secret')} extra={t('notification:robot.hint_secret')}>
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="kinds" label={t('notification:field.kinds')} extra={t('notification:kinds.usual_hint')}>
        <KindsField />
      </Form.Item>
      <div className="pair">
        <Form.Item name="language" label={t('notification:field.language')} rules={[chosenRule(t)]}>
          <Select options={LANGUAGES.map(item => ({ value: item.code, label: item.name }))} />
        </Form.Item>
        <Form.Item name="active" label={t('notification:field.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
