import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentUpload } from '@/components/Attachments'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post } from '@/lib/api/client'
import type { Attachment, OrderConfirmations, OrderState } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useRefreshOrders, type VerbProps } from '../step'
import { useConfirmations } from './queries'

interface Values {
  attachment_id: string
  signer: string
  reason: string
  checks: Record<string, boolean | undefined>
}

/** The signed paper that came back, looked at item by item; one that is not right goes back to the customer. */
export function RecordSignedCopy(props: VerbProps) {
  const found = useConfirmations(props.order.id)
  if (!found.data) return <PageSkeleton lines={1} />
  return <Loaded {...props} known={found.data} />
}

function Loaded({ order, known, onClose, onDone }: VerbProps & { known: OrderConfirmations }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshOrders()
  const [form] = Form.useForm<Values>()
  const [file, setFile] = useState<Attachment | null>(null)
  const [wrong, setWrong] = useState(false)
  const submit = async (values: Values) => {
    const checks = known.checks.map(({ code }) => ({ code, right: values.checks?.[code] === true }))
    const { attachment_id, signer, reason } = values
    const body = { attachment_id, signer, reason: reason ?? '', checks }
    const answer = await post<OrderState>(`/orders/${order.id}/record-signed-copy`, body)
    refresh()
    void message.success(t(wrong ? 'confirmation:record.sent_back' : 'confirmation:record.done'))
    onDone(answer, 'record-signed-copy')
  }
  const keep = (kept: Attachment | null) => {
    setFile(kept)
    form.setFieldValue('attachment_id', kept?.id ?? '')
  }
  return (
    <FormDialog<Values>
      title={t('confirmation:record.title', { number: order.number })}
      draftKey={null}
      width={620}
      form={form}
      initial={{ attachment_id: '', signer: '', reason: '', checks: {} }}
      submitLabel={t(wrong ? 'confirmation:record.send_back' : 'confirmation:record.submit')}
      onChange={() => {
        const answered = Object.values(form.getFieldValue('checks') ?? {})
        setWrong(answered.some(right => right === false))
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="attachment_id" label={t('confirmation:record.file')} rules={[requiredRule(t)]}>
        {file ? (
          <div className="row">
            <span className="cut">{file.filename}</span>
            <Button size="small" type="text" onClick={() => keep(null)}>
              {t('common:remove')}
            </Button>
          </div>
        ) : (
          <div className="row">
            <AttachmentUpload
              kind="signed_order"
              orderId={order.id}
              label={t('confirmation:record.upload')}
              onUploaded={keep}
            />
          </div>
        )}
      </Form.Item>
      <fieldset className="copy-checks">
        <legend>{t('confirmation:record.checks')}</legend>
        {known.checks.map(({ code, name }) => (
          <Form.Item key={code} name={['checks', code]} label={name} rules={[requiredRule(t)]} layout="horizontal">
            <Radio.Group
              options={[
                { value: true, label: t('confirmation:record.right') },
                { value: false, label: t('confirmation:record.wrong') },
              ]}
            />
          </Form.Item>
        ))}
      </fieldset>
      {wrong && (
        <Form.Item name="reason" label={t('confirmation:record.reason')} rules={[requiredRule(t)]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      )}
      <Form.Item name="signer" label={t('confirmation:record.signer')} rules={wrong ? [] : [requiredRule(t)]}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  )
}
