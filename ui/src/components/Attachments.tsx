/** Files kept with a record: shown with a way to open them, added by choosing, dropping or taking a photo. */
import {
  CameraOutlined,
  FileImageOutlined,
  FilePdfOutlined,
  FileTextOutlined,
  PaperClipOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address, post } from '@/lib/api/client'
import type { Attachment, AttachmentKind } from '@/lib/api/types'
import { formatInstant, formatSize } from '@/lib/format'
import { useProblemText } from '@/lib/step'
import './components.css'
import { useMessage } from '@/lib/message'

const LIMIT = 10 * 1024 * 1024
const ACCEPT = 'image/png,image/jpeg,image/webp,application/pdf,.xlsx,.csv,.txt,.eml'

function iconOf(mime: string) {
  if (mime.startsWith('image/')) return <FileImageOutlined />
  if (mime === 'application/pdf') return <FilePdfOutlined />
  return <FileTextOutlined />
}

export function AttachmentList({ items, onRemove }: { items: Attachment[]; onRemove?: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    <ul className="attachments">
      {items.map(item => (
        <li key={item.id}>
          <a
            href={address(`/attachments/${item.id}/content`, { inline: true })}
            target="_blank"
            rel="noreferrer"
            className="attachment"
          >
            {item.mime.startsWith('image/') ? (
              <img src={address(`/attachments/${item.id}/content`, { inline: true })} alt="" loading="lazy" />
            ) : (
              <span className="attachment-icon" aria-hidden="true">
                {iconOf(item.mime)}
              </span>
            )}
            <span className="attachment-text">
              <span className="cut">{item.filename}</span>
              <span className="soft cut">
                {t(`common:attachment_kind.${item.kind}`)} · {formatSize(item.size)} ·{' '}
                {typeof item.by === 'string' ? item.by : item.by.name} {formatInstant(item.created_at)}
              </span>
            </span>
          </a>
          {onRemove && (
            <button type="button" className="plain-button" onClick={() => onRemove(item.id)}>
              {t('common:remove')}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

interface UploadProps {
  kind: AttachmentKind
  orderId?: string
  taskId?: string
  inquiryId?: string
  label: string
  onUploaded: (attachment: Attachment) => void
  /** Opens the camera at once on a phone. */
  camera?: boolean
}

/** Sends each chosen file by itself; says which could not be taken and why. */
export function AttachmentUpload({ kind, orderId, taskId, inquiryId, label, onUploaded, camera }: UploadProps) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const send = async (files: FileList | null) => {
    for (const file of Array.from(files ?? [])) {
      if (file.size > LIMIT) {
        void message.error(t('common:too_big', { name: file.name }))
        continue
      }
      setBusy(file.name)
      const form = new FormData()
      form.set('kind', kind)
      if (orderId) form.set('order_id', orderId)
      if (taskId) form.set('task_id', taskId)
      if (inquiryId) form.set('inquiry_id', inquiryId)
      form.set('file', file)
      try {
        onUploaded(await post<Attachment>('/attachments', form))
      } catch (error) {
        void message.error(`${file.name}: ${problemText(error)}`, 6)
      }
    }
    setBusy(null)
    if (input.current) input.current.value = ''
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is an extra way; the button is the way for everyone
    <span
      className="upload"
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void send(event.dataTransfer.files)
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        accept={ACCEPT}
        capture={camera ? 'environment' : undefined}
        onChange={event => void send(event.target.files)}
      />
      <Button
        icon={camera ? <CameraOutlined /> : <PaperClipOutlined />}
        loading={busy !== null}
        title={t('common:upload_hint')}
        onClick={() => input.current?.click()}
      >
        {busy ? t('common:uploading', { name: busy }) : label}
      </Button>
    </span>
  )
}
