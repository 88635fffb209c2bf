import { Form, type FormInstance, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { PASSWORD_MIN } from '@/lib/password'

export interface Secret {
  password: string
}

/** The first password of a user, in a form of its own: what is kept as a draft has none. */
export function FirstPassword({ form }: { form: FormInstance<Secret> }) {
  const { t } = useTranslation()
  return (
    <Form form={form} component={false} layout="vertical">
      <Form.Item
        name="password"
        label={t('user:field.password')}
        rules={[
          { required: true, message: t('common:required') },
          { min: PASSWORD_MIN, message: t('user:check.short', { min: PASSWORD_MIN }) },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </Form>
  )
}
