import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import { usePost } from '@/lib/step'
import type { PortalUser } from './PortalUsers'

/** Gives a person of the portal another first password. */
export default function ResetPortalPassword(props: { user: PortalUser; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ password: string }>()
  const reset = usePost<{ password: string }, unknown>(`/portal-users/${props.user.id}/set-password`, {
    done: t('customer:portal.reset_done'),
    quiet: true,
    onDone: () => {
      props.onDone()
      props.onClose()
    },
  })
  const help = reset.error instanceof ApiProblem ? reset.error.errors[0]?.message : undefined
  return (
    <Modal
      open
      title={`${t('customer:portal.reset')} · ${props.user.name}`}
      okText={t('customer:portal.reset')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: reset.isPending }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={typed => reset.mutate(typed)}>
        <Form.Item
          name="password"
          label={t('customer:portal.new_password')}
          extra={t('customer:portal.password_hint', { address: `${window.location.origin}/portal` })}
          {...(help && { help, validateStatus: 'error' as const })}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
