import { DeleteOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Input, Radio } from 'antd'
import { type ClipboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentUpload } from '@/components/Attachments'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import { type Attachment, type AttachmentKind, EVIDENCE_KINDS, type EvidenceKind, type Order } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { KIND_ICONS, needsFile, USUAL } from './kinds'
import { useRefreshEvidence } from './queries'

interface Values {
  kind: EvidenceKind
  proves: string
  statement: string
  given_by: string
  attachment_id: string
}

interface Props {
  order: Pick<Order, 'id' | 'number'>
  provable: { code: string; name: string }[]
  onClose: () => void
}

/** How a file is kept beside the proof it belongs to. */
function attachmentKind(kind: EvidenceKind): AttachmentKind {
  if (kind === 'signed_confirmation') return 'signed_order'
  return kind === 'photo' ? 'photo' : 'other'
}

/** Records a proof: a statement signed in one's own name, or a file that is dropped, pasted or photographed. */
export function AddEvidence({ order, provable, onClose }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshEvidence()
  const { session } = useSession()
  const [form] = Form.useForm<Values>()
  const [kind, setKind] = useState<EvidenceKind>('signed_statement')
  const [file, setFile] = useState<Attachment | null>(null)
  const keep = (kept: Attachment | null) => {
    setFile(kept)
    form.setFieldValue('attachment_id', kept?.id ?? '')
    if (kept) void form.validateFields(['attachment_id'])
  }
  const nameOf = (code: string) => provable.find(item => item.code === code)?.name ?? code
  const codeOf = (typed: string) => provable.find(item => item.name === typed.trim())?.code ?? typed.trim()
  const submit = async (values: Values) => {
    await post(`/orders/${order.id}/evidence`, {
      ...values,
      proves: codeOf(values.proves),
      attachment_id: (needsFile(values.kind) && values.attachment_id) || null,
    })
    void message.success(t('evidence:add.done'))
    refresh()
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('evidence:add.title')}
      draftKey={null}
      width={600}
      form={form}
      initial={{
        kind: 'signed_statement',
        proves: nameOf(USUAL.signed_statement),
        statement: '',
        given_by: '',
        attachment_id: '',
      }}
      submitLabel={t(kind === 'signed_statement' ? 'evidence:add.sign' : 'evidence:add.save')}
      onChange={changed => {
        if (!changed.kind) return
        setKind(changed.kind)
        form.setFieldValue('proves', nameOf(USUAL[changed.kind]))
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('evidence:field.kind')}>
        <Radio.Group className="proof-kinds">
          {EVIDENCE_KINDS.map(value => (
            <Radio.Button key={value} value={value}>
              <span aria-hidden="true">{KIND_ICONS[value]}</span> {t(`evidence:kind.${value}`)}
            </Radio.Button>
          ))}
        </Radio.Group>
      </Form.Item>
      {kind === 'oral' && <p className="ink-risk">{t('evidence:oral')}</p>}
      <Form.Item
        name="proves"
        label={t('evidence:field.proves')}
        rules={[requiredRule(t)]}
        extra={t('evidence:add.proves_hint')}
      >
        <AutoComplete options={provable.map(item => ({ value: item.name }))} showSearch={{ filterOption: false }} />
      </Form.Item>
      {needsFile(kind) && (
        <Form.Item name="attachment_id" label={t('evidence:field.file')} rules={[fileRule(t)]}>
          <FileField kind={kind} order={order.id} file={file} onKept={keep} />
        </Form.Item>
      )}
      <Form.Item
        name="statement"
        label={t(needsFile(kind) ? 'evidence:field.shows' : 'evidence:field.statement')}
        rules={needsFile(kind) ? [] : [requiredRule(t)]}
      >
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      {kind === 'signed_statement' ? (
        <p className="soft">{t('evidence:add.signing', { name: session?.user.name ?? '' })}</p>
      ) : (
        <Form.Item name="given_by" label={t('evidence:field.given_by')} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
      )}
    </FormDialog>
  )
}

/** A file has to be there. */
export function fileRule(t: (key: string) => string) {
  return { required: true, message: t('evidence:add.file_needed') }
}

interface FileProps {
  id?: string
  kind: EvidenceKind
  order: string
  file: Attachment | null
  onKept: (file: Attachment | null) => void
}

/** One file: chosen, dropped, taken by the camera, or pasted from the clipboard. */
export function FileField({ id, kind, order, file, onKept }: FileProps) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const paste = async (event: ClipboardEvent) => {
    const pasted = Array.from(event.clipboardData.files)[0]
    if (!pasted) return
    event.preventDefault()
    const sent = new FormData()
    sent.set('kind', attachmentKind(kind))
    sent.set('order_id', order)
    sent.set('file', pasted)
    try {
      onKept(await post<Attachment>('/attachments', sent))
    } catch (error) {
      void message.error(problemText(error), 6)
    }
  }
  if (file) {
    return (
      <div className="row" id={id}>
        <span className="cut">{file.filename}</span>
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('common:remove')}
          onClick={() => onKept(null)}
        />
      </div>
    )
  }
  const upload = { kind: attachmentKind(kind), orderId: order, onUploaded: onKept }
  return (
    <section
      id={id}
      className="proof-drop"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is on the clipboard is pasted here
      tabIndex={0}
      aria-label={t('evidence:add.drop')}
      onPaste={event => void paste(event)}
    >
      <AttachmentUpload {...upload} label={t('evidence:add.choose')} />
      <AttachmentUpload {...upload} label={t('evidence:add.camera')} camera />
      <span className="soft">{t('evidence:add.drop')}</span>
    </section>
  )
}
