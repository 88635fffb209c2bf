import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import { usePost } from '@/lib/step'

interface Typed {
  username: string
  name: string
  email: string
  password: string
}

/** Lets a person of a customer in at the portal. */
export default function OpenPortalDialog(props: { customer: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Typed>()
  const open = usePost<Typed, unknown>('/portal-users', {
    body: typed => ({ ...typed, customer_id: props.customer }),
    done: t('customer:portal.opened'),
    quiet: true,
    onDone: () => {
      props.onDone()
      props.onClose()
    },
  })
  const wrong = open.error instanceof ApiProblem ? open.error.errors : []
  const item = (name: keyof Typed) => {
    const help = wrong.find(error => error.pointer === `/${name}`)?.message
    return { name, label: t(`customer:portal.${name}`), ...(help && { help, validateStatus: 'error' as const }) }
  }
  const hint = t('customer:portal.password_hint', { address: `${window.location.origin}/portal` })
  return (
    <Modal
      open
      title={t('customer:portal.add')}
      okText={t('customer:portal.add')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: open.isPending }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ username: '', name: '', email: '', password: '' }}
        onFinish={typed => open.mutate(typed)}
      >
        <Form.Item {...item('name')}>
          <Input />
        </Form.Item>
        <Form.Item {...item('username')}>
          <Input autoCapitalize="none" autoComplete="off" />
        </Form.Item>
        <Form.Item {...item('email')}>
          <Input inputMode="email" />
        </Form.Item>
        <Form.Item {...item('password')} extra={hint}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
