import { Button, Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentUpload } from '@/components/Attachments'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post } from '@/lib/api/client'
import type { Attachment, ConfirmationSent, Language, OrderConfirmations } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { useRefreshOrders, type VerbProps } from '../step'
import { useConfirmations } from './queries'

interface Values {
  way: 'email' | 'link' | 'print'
  to: string
  language: Language
  attachment_id: string
}

/** Sends the confirmation: by e-mail, by a link to hand over, or on paper. */
export function SendConfirmation(props: VerbProps) {
  const found = useConfirmations(props.order.id)
  if (!found.data) return <PageSkeleton lines={1} />
  return <Loaded {...props} known={found.data} />
}

function Loaded({ order, known, onClose, onDone }: VerbProps & { known: OrderConfirmations }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshOrders()
  const [form] = Form.useForm<Values>()
  const [way, setWay] = useState<Values['way']>(known.mail_ready && known.to ? 'email' : 'link')
  const [file, setFile] = useState<Attachment | null>(null)
  const [sent, setSent] = useState<ConfirmationSent | null>(null)
  const submit = async (values: Values) => {
    const body = { ...values, to: values.to ?? '', attachment_id: values.attachment_id || null }
    const answer = await post<ConfirmationSent>(`/orders/${order.id}/send-confirmation`, body)
    refresh()
    if (values.way === 'link' && answer.link_path) setSent(answer)
    else {
      void message.success(t('confirmation:send.done'))
      onDone(answer, 'send-confirmation')
    }
  }
  if (sent?.link_path) return <Handover sent={sent} onClose={() => onDone(sent, 'send-confirmation')} />
  return (
    <FormDialog<Values>
      title={t(known.items.length > 0 ? 'confirmation:send.again' : 'confirmation:send.title', {
        number: order.number,
      })}
      draftKey={null}
      width={560}
      form={form}
      initial={{ way, to: known.to, language: known.language as Language, attachment_id: '' }}
      submitLabel={t('confirmation:send.submit')}
      onChange={changed => {
        if (changed.way) setWay(changed.way)
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="way" label={t('confirmation:send.way')}>
        <Radio.Group>
          <Radio.Button value="email" disabled={!known.mail_ready}>
            {t('confirmation:way.email')}
          </Radio.Button>
          <Radio.Button value="link">{t('confirmation:way.link')}</Radio.Button>
          <Radio.Button value="print">{t('confirmation:way.print')}</Radio.Button>
        </Radio.Group>
      </Form.Item>
      <p className="soft">{t(known.mail_ready ? `confirmation:send.help.${way}` : 'confirmation:send.no_mail')}</p>
      {way !== 'link' && (
        <Form.Item
          name="to"
          label={t(way === 'email' ? 'confirmation:send.email' : 'confirmation:send.fax')}
          rules={way === 'email' ? [requiredRule(t)] : []}
        >
          <Input maxLength={200} inputMode={way === 'email' ? 'email' : 'tel'} />
        </Form.Item>
      )}
      <Form.Item name="language" label={t('confirmation:send.language')}>
        <Select options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <Form.Item
        name="attachment_id"
        label={t('confirmation:send.document')}
        extra={t('confirmation:send.document_made')}
      >
        <DocumentField
          order={order.id}
          file={file}
          onKept={kept => {
            setFile(kept)
            form.setFieldValue('attachment_id', kept?.id ?? '')
          }}
        />
      </Form.Item>
    </FormDialog>
  )
}

function DocumentField(props: {
  id?: string
  order: string
  file: Attachment | null
  onKept: (file: Attachment | null) => void
}) {
  const { t } = useTranslation()
  if (!props.file) {
    return (
      <div id={props.id}>
        <AttachmentUpload
          kind="confirmation"
          orderId={props.order}
          label={t('confirmation:send.upload')}
          onUploaded={props.onKept}
        />
      </div>
    )
  }
  return (
    <div className="row" id={props.id}>
      <span className="cut">{props.file.filename}</span>
      <Button size="small" type="text" onClick={() => props.onKept(null)}>
        {t('common:remove')}
      </Button>
    </div>
  )
}

/** The link is shown this once: only its hash is kept. */
function Handover({ sent, onClose }: { sent: ConfirmationSent; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const link = `${window.location.origin}${sent.link_path ?? ''}`
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    void message.success(t('confirmation:send.copied'))
  }
  return (
    <Modal
      open
      title={t('confirmation:send.link', { number: sent.number })}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={() => void copy()}>
          {t('confirmation:send.copy')}
        </Button>
      }
    >
      <p>{t('confirmation:send.once')}</p>
      <Input.TextArea readOnly autoSize value={link} aria-label={t('confirmation:way.link')} />
    </Modal>
  )
}
