import { LogoutOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { useNavigation } from '@/components/shell/navigation'
import { useLanguageChoice } from '@/components/shell/TopBar'
import { post } from '@/lib/api/client'
import type { Language } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { PASSWORD_MIN } from '@/lib/password'
import { useSession } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { type ThemeChoice, useTheme } from '@/lib/theme'
import { useNarrow } from '@/lib/viewport'
import { iconOf } from '@/nav'
import './me.css'
import { useMessage } from '@/lib/message'

/** The person: who they are here, language, look, password; on a phone also the way to every page. */
export function MePage() {
  const { t, i18n } = useTranslation()
  const { session, signOut } = useSession()
  const theme = useTheme()
  const narrow = useNarrow()
  const groups = useNavigation()
  const chooseLanguage = useLanguageChoice()
  return (
    <div className="page me-page">
      <PageHead title={t('nav:me')}>
        <Button icon={<LogoutOutlined />} onClick={signOut}>
          {t('nav:sign_out')}
        </Button>
      </PageHead>
      {narrow && (
        <Card flush>
          <ul className="me-links">
            {groups
              .flatMap(group => group.entries)
              .map(entry => (
                <li key={entry.path}>
                  <Link to={entry.path}>
                    <span aria-hidden="true">{iconOf(entry)}</span>
                    {t(entry.label)}
                  </Link>
                </li>
              ))}
          </ul>
        </Card>
      )}
      <Card title={session.user.name}>
        <Facts
          items={[
            { label: t('sign-in:username'), value: session.user.username },
            { label: t('nav:company'), value: session.company.name },
            { label: t('me:roles'), value: session.user.roles.map(role => role.name).join('、') },
          ]}
        />
      </Card>
      <Card title={t('me:look')}>
        <div className="me-look">
          <span>{t('nav:language')}</span>
          <Segmented<Language>
            value={i18n.language as Language}
            options={LANGUAGES.map(language => ({ value: language.code, label: language.name }))}
            onChange={chooseLanguage}
          />
          <span>{t('nav:theme.label')}</span>
          <Segmented<ThemeChoice>
            value={theme.choice}
            options={(['light', 'dark', 'system'] as const).map(choice => ({
              value: choice,
              label: t(`nav:theme.${choice}`),
            }))}
            onChange={theme.choose}
          />
        </div>
      </Card>
      <ChangePassword />
    </div>
  )
}

interface Passwords {
  current: string
  new: string
  again: string
}

function ChangePassword() {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const [form] = Form.useForm<Passwords>()
  const change = useMutation({
    mutationFn: (given: Passwords) => post('/session/change-password', { current: given.current, new: given.new }),
    onSuccess: () => {
      form.resetFields()
      void message.success(t('me:password.done'))
    },
  })
  const required = { required: true, message: t('common:required') }
  return (
    <Card title={t('me:password.title')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 320 }}
        onFinish={values => change.mutate(values)}
      >
        {change.isError && <Alert type="error" showIcon className="gap-below" title={problemText(change.error)} />}
        <Form.Item name="current" label={t('me:password.current')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('me:password.new')}
          rules={[required, { min: PASSWORD_MIN, message: t('user:check.short', { min: PASSWORD_MIN }) }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('me:password.again')}
          dependencies={['new']}
          rules={[
            required,
            {
              validator: (_, value) =>
                !value || value === form.getFieldValue('new')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('me:password.differs'))),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('me:password.submit')}
        </Button>
      </Form>
    </Card>
  )
}
