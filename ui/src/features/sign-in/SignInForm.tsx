import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/lib/api/client'
import type { Credentials, Session } from '@/lib/api/types'
import { useProblemText } from '@/lib/step'

interface Props {
  company: string
  username?: string
  autoFocus?: 'company' | 'username' | 'password'
  onSignedIn: (session: Session) => void
}

/** Company, name, password. */
export default function SignInForm({ company, username = '', autoFocus = 'username', onSignedIn }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const signIn = useMutation({
    mutationFn: (given: Credentials) => post<Session>('/session', given, { anonymous: true }),
    onSuccess: onSignedIn,
  })
  return (
    <Form<Credentials>
      layout="vertical"
      requiredMark={false}
      initialValues={{ company, username, password: '' }}
      onFinish={values => signIn.mutate(values)}
    >
      {signIn.isError && (
        <Alert type="error" showIcon title={problemText(signIn.error)} className="gap-below" role="alert" />
      )}
      <Form.Item
        name="company"
        label={t('sign-in:company')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Input autoComplete="organization" autoFocus={autoFocus === 'company'} />
      </Form.Item>
      <Form.Item
        name="username"
        label={t('sign-in:username')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Input autoComplete="username" autoCapitalize="none" autoFocus={autoFocus === 'username'} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('sign-in:password')}
        rules={[{ required: true, message: t('common:required') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus={autoFocus === 'password'} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('sign-in:submit')}
      </Button>
    </Form>
  )
}
