import {
  CheckCircleFilled,
  CloseCircleFilled,
  ReloadOutlined,
  RotateLeftOutlined,
  RotateRightOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons'
import { Button, Modal, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '@/components/Facts'
import { address } from '@/lib/api/client'
import type { Evidence, EvidenceFile } from '@/lib/api/types'
import { formatInstant, formatSize } from '@/lib/format'
import { Hash } from './EvidenceCard'
import { useIntegrity } from './queries'

/** A proof as it is: the picture, paper or text, and whether it is unchanged since it was recorded. */
export function EvidenceViewer({ item, onClose }: { item: Evidence; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={`${item.kind_name} · ${item.proves_name}`}
      width={860}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="stack">
        <Integrity id={item.id} />
        {item.statement && <blockquote className="proof-quote">{item.statement}</blockquote>}
        {item.file && <File file={item.file} />}
        <Facts
          items={[
            { label: t('evidence:field.given_by'), value: item.given_by },
            { label: t('evidence:field.given_at'), value: formatInstant(item.given_at) },
            { label: t('evidence:field.by'), value: `${item.by.name} ${formatInstant(item.at)}` },
            { label: t('evidence:field.sha256'), value: <Hash value={item.sha256} /> },
          ]}
        />
      </div>
    </Modal>
  )
}

function Integrity({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useIntegrity(id)
  if (found.isFetching) {
    return (
      <div className="soft" role="status">
        <Spin size="small" /> {t('evidence:verify.checking')}
      </div>
    )
  }
  const whole = found.data?.unchanged
  const text = !found.data
    ? t('evidence:verify.failed')
    : whole
      ? t('evidence:verify.whole', { when: formatInstant(found.data.checked_at) })
      : t(found.data.text_unchanged ? 'evidence:verify.file_changed' : 'evidence:verify.text_changed')
  return (
    <div className={`proof-check ${whole ? 'ink-done' : 'ink-late'}`} role="status">
      {whole ? <CheckCircleFilled aria-hidden="true" /> : <CloseCircleFilled aria-hidden="true" />}
      <span>{text}</span>
      <Button size="small" type="text" icon={<ReloadOutlined />} onClick={() => void found.refetch()}>
        {t('evidence:verify.again')}
      </Button>
    </div>
  )
}

function File({ file }: { file: EvidenceFile }) {
  const { t } = useTranslation()
  const source = address(`/attachments/${file.id}/content`, { inline: true })
  return (
    <div className="stack">
      {file.mime.startsWith('image/') && <Picture source={source} name={file.filename} />}
      {file.mime === 'application/pdf' && <iframe className="proof-paper" src={source} title={file.filename} />}
      <a href={source} target="_blank" rel="noreferrer">
        {t('evidence:open_file', { name: file.filename, size: formatSize(file.size) })}
      </a>
    </div>
  )
}

const NEAREST = 4

function Picture({ source, name }: { source: string; name: string }) {
  const { t } = useTranslation()
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState(0)
  const by = (factor: number) => setZoom(now => Math.min(NEAREST, Math.max(0.5, now * factor)))
  return (
    <div>
      <div className="row proof-tools" role="toolbar" aria-label={t('evidence:view.tools')}>
        <Button
          size="small"
          icon={<ZoomOutOutlined />}
          aria-label={t('evidence:view.out')}
          onClick={() => by(1 / 1.5)}
        />
        <span className="mono">{Math.round(zoom * 100)}%</span>
        <Button size="small" icon={<ZoomInOutlined />} aria-label={t('evidence:view.in')} onClick={() => by(1.5)} />
        <Button
          size="small"
          icon={<RotateLeftOutlined />}
          aria-label={t('evidence:view.left')}
          onClick={() => setTurn(turn - 90)}
        />
        <Button
          size="small"
          icon={<RotateRightOutlined />}
          aria-label={t('evidence:view.right')}
          onClick={() => setTurn(turn + 90)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="proof-picture" aria-label={name} tabIndex={0}>
        <img src={source} alt={name} style={{ width: `${zoom * 100}%`, transform: `rotate(${turn}deg)` }} />
      </section>
    </div>
  )
}
