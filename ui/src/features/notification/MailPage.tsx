import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { WholeInput } from '@/components/form/WholeInput'
import { NotifyTabs } from '@/components/NotifyTabs'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get, put } from '@/lib/api/client'
import type { MailSettings } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useTest } from './test'
import './notification.css'

const SECURITY = ['tls', 'starttls', 'none'] as const

type MailInput = Omit<MailSettings, 'version' | 'has_secret'>

/** Through which server e-mail goes out. */
export function MailPage() {
  const found = useQuery({ queryKey: ['mail-settings'], queryFn: () => get<MailSettings>('/mail-settings') })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Settings key={found.data.version} mail={found.data} />
}

function Settings({ mail }: { mail: MailSettings }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  // The secret stays out of the values, since those are kept as a draft.
  const [secret] = Form.useForm<{ secret?: string }>()
  const { version, has_secret, ...initial } = mail
  const save = async (values: MailInput) => {
    const typed = secret.getFieldValue('secret') as string | undefined
    await put('/mail-settings', { ...values, ...(typed ? { secret: typed } : {}) }, { version })
    await client.invalidateQueries({ queryKey: ['mail-settings'] })
    void message.success(t('notification:mail.saved'))
  }
  return (
    <>
      <FormPage<MailInput>
        title={t('nav:notify_settings')}
        draftKey={`mail.${version}`}
        initial={initial}
        onSubmit={save}
        onCancel={() => void navigate(-1)}
      >
        <NotifyTabs />
        <FormSection title={t('notification:mail.section.server')}>
          <Form.Item name="active" label={t('notification:mail.active')} valuePropName="checked" className="wide">
            <Switch />
          </Form.Item>
          <Form.Item name="host" label={t('notification:field.host')}>
            <Input maxLength={200} placeholder="smtp.example.com" />
          </Form.Item>
          <Form.Item name="port" label={t('notification:field.port')}>
            <WholeInput min={1} max={65535} />
          </Form.Item>
          <Form.Item
            name="security"
            label={t('notification:field.security')}
            extra={t('notification:mail.hint_security')}
          >
            <Select options={SECURITY.map(value => ({ value, label: t(`notification:security.${value}`) }))} />
          </Form.Item>
          <Form.Item name="username" label={t('notification:field.username')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form form={secret} component={false} layout="vertical">
            <Form.Item
              name="secret"
              label={t('notification:field.password')}
              extra={has_secret ? t('notification:mail.hint_password') : undefined}
            >
              <Input.Password maxLength={500} autoComplete="new-password" />
            </Form.Item>
          </Form>
        </FormSection>
        <FormSection title={t('notification:mail.section.from')}>
          <Form.Item name="from_address" label={t('notification:field.from_address')}>
            <Input maxLength={200} placeholder="orders@example.com" />
          </Form.Item>
          <Form.Item name="from_name" label={t('notification:field.from_name')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="site_url" label={t('notification:field.site_url')} extra={t('notification:mail.hint_site')}>
            <Input maxLength={200} placeholder="https://" />
          </Form.Item>
        </FormSection>
      </FormPage>
      {mail.host !== '' && <SendTest />}
    </>
  )
}

function SendTest() {
  const { t } = useTranslation()
  const test = useTest('/mail-settings/test')
  return (
    <div className="page form-page">
      <Card title={t('notification:mail.test')}>
        <Form<{ to?: string }> layout="vertical" onFinish={values => test.mutate({ to: values.to ?? '' })}>
          <Form.Item
            name="to"
            label={t('notification:mail.test_to')}
            extra={t('notification:mail.test_hint')}
            style={{ maxWidth: 360 }}
          >
            <Input type="email" maxLength={200} />
          </Form.Item>
          <Button htmlType="submit" loading={test.isPending}>
            {t('notification:mail.test')}
          </Button>
        </Form>
      </Card>
    </div>
  )
}
