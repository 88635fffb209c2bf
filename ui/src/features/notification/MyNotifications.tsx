import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { get, put } from '@/lib/api/client'
import type { MyNotificationSettings, NotificationSettings } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import './notification.css'

const DIGESTS = ['immediately', 'hourly', 'daily'] as const
const KEY = ['me', 'notification-settings']

/** What this person wants to be told, by which ways and when. */
export function MyNotifications() {
  const found = useQuery({ queryKey: KEY, queryFn: () => get<MyNotificationSettings>('/me/notification-settings') })
  return found.data ? <Fields key={found.data.version} mine={found.data} /> : null
}

function Fields({ mine }: { mine: MyNotificationSettings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [form] = Form.useForm<NotificationSettings>()
  const quiet = Form.useWatch('quiet', form) ?? mine.settings.quiet
  const digest = Form.useWatch('digest', form) ?? mine.settings.digest
  const save = useMutation({
    mutationFn: (values: NotificationSettings) =>
      put<MyNotificationSettings>(
        '/me/notification-settings',
        { ...mine.settings, ...values },
        {
          version: mine.version,
        },
      ),
    onSuccess: answer => {
      client.setQueryData(KEY, answer)
      void message.success(t('notification:mine.saved'))
    },
  })
  const time = [{ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: t('notification:mine.time') }]
  return (
    <Card title={t('notification:mine.title')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={mine.settings}
        onFinish={values => save.mutate(values)}
      >
        {save.isError && <Alert type="error" showIcon className="gap-below" title={problemText(save.error)} />}
        <p className="soft">
          {t('notification:mine.address')}：{mine.address || t('notification:mine.no_address')}
        </p>
        <Form.Item name="in_app" valuePropName="checked" noStyle>
          <Checkbox>{t('notification:mine.in_app')}</Checkbox>
        </Form.Item>
        <Form.Item name="email" valuePropName="checked" noStyle>
          <Checkbox>{t('notification:mine.email')}</Checkbox>
        </Form.Item>
        <Form.Item name="digest" label={t('notification:mine.digest')} style={{ marginTop: 16 }}>
          <Segmented options={DIGESTS.map(value => ({ value, label: t(`notification:mine.digests.${value}`) }))} />
        </Form.Item>
        {digest === 'daily' && (
          <Form.Item name="digest_at" label={t('notification:mine.digest_at')} rules={time} style={{ width: 140 }}>
            <Input maxLength={5} inputMode="numeric" />
          </Form.Item>
        )}
        <Form.Item name="quiet" valuePropName="checked">
          <Checkbox>{t('notification:mine.quiet')}</Checkbox>
        </Form.Item>
        {quiet && (
          <>
            <div className="notify-times">
              <Form.Item name="quiet_from" label={t('notification:mine.quiet_from')} rules={time}>
                <Input maxLength={5} />
              </Form.Item>
              <Form.Item name="quiet_to" label={t('notification:mine.quiet_to')} rules={time}>
                <Input maxLength={5} />
              </Form.Item>
            </div>
            <Form.Item name="urgent_waits" valuePropName="checked">
              <Checkbox>{t('notification:mine.urgent_waits')}</Checkbox>
            </Form.Item>
          </>
        )}
        <Button htmlType="submit" loading={save.isPending}>
          {t('common:save')}
        </Button>
      </Form>
    </Card>
  )
}
