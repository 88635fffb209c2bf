import { CopyOutlined } from '@ant-design/icons'
import { Alert, Button, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMessage } from '@/lib/message'

/** The secret of a webhook, shown once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const copy = () => {
    void navigator.clipboard?.writeText(secret).then(() => void message.success(t('notification:webhook.copied')))
  }
  return (
    <Modal
      open
      title={t('notification:webhook.secret_title')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={560}
      footer={<Button onClick={onClose}>{t('notification:webhook.kept')}</Button>}
    >
      <Alert type="warning" showIcon className="gap-below" title={t('notification:webhook.secret_once')} />
      <div className="row">
        <Input
          readOnly
          value={secret}
          className="mono"
          aria-label={t('notification:webhook.secret_title')}
          onFocus={event => event.target.select()}
        />
        <Button type="primary" icon={<CopyOutlined />} autoFocus onClick={copy}>
          {t('notification:webhook.copy')}
        </Button>
      </div>
    </Modal>
  )
}
