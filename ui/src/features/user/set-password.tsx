import { KeyOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { post } from '@/lib/api/client'
import type { User } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { PASSWORD_MIN } from '@/lib/password'

interface Values {
  password: string
  again: string
}

/** Gives a user who forgot the password a new one; their sessions end. */
export function SetPassword({ user }: { user: User }) {
  const { t } = useTranslation()
  const message = useMessage()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<Values>()
  const required = { required: true, message: t('common:required') }
  const save = async ({ password }: Values) => {
    await post(`/users/${user.id}/set-password`, { password })
    void message.success(t('user:password_set'))
    setOpen(false)
  }
  return (
    <>
      <Button icon={<KeyOutlined />} onClick={() => setOpen(true)}>
        {t('user:set_password')}
      </Button>
      {open && (
        <FormDialog<Values>
          title={t('user:set_password_of', { name: user.name })}
          draftKey={null}
          form={form}
          width={400}
          initial={{ password: '', again: '' }}
          submitLabel={t('user:set_password')}
          onSubmit={save}
          onClose={() => setOpen(false)}
        >
          <Alert type="warning" className="gap-below" title={t('user:set_password_consequence')} />
          <Form.Item
            name="password"
            label={t('user:field.new_password')}
            rules={[required, { min: PASSWORD_MIN, message: t('user:check.short', { min: PASSWORD_MIN }) }]}
          >
            <Input.Password autoFocus autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('user:field.again')}
            dependencies={['password']}
            rules={[
              required,
              {
                validator: (_, value) =>
                  !value || value === form.getFieldValue('password')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('user:check.differs'))),
              },
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </FormDialog>
      )}
    </>
  )
}
