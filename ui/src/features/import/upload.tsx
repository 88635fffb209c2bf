import { CloseOutlined, FileExcelOutlined, InboxOutlined, LoadingOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Arrival, Import } from '@/lib/api/types'
import { formatSize } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { usePost } from '@/lib/step'
import { ArrivalChoice, TemplateChoice } from './TemplateChoice'

const TAKEN = /\.(xlsx|xlsm|csv|tsv|txt)$/i

/** Files by drop or dialog, one after the other if they are many; then they are uploaded and checked together. */
export function Upload() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<File[]>([])
  const [over, setOver] = useState(false)
  const [template, setTemplate] = useState<string | null>(null)
  const [arrival, setArrival] = useState<Arrival | null>(null)
  const upload = usePost<FormData, Import>('/imports', {
    onDone: made => {
      client.setQueryData(['imports', 'one', made.id], made)
      void client.invalidateQueries({ queryKey: ['imports', 'list'] })
      void navigate(`/import/${made.id}`)
    },
  })
  const add = (list: FileList | null) => {
    const given = Array.from(list ?? [])
    for (const file of given) {
      if (!TAKEN.test(file.name)) void message.error(t('import:drop.refused', { name: file.name }))
    }
    const taken = given.filter(file => TAKEN.test(file.name))
    setFiles(before => [...before.filter(old => !taken.some(file => file.name === old.name)), ...taken])
    if (input.current) input.current.value = ''
  }
  const send = () => {
    const form = new FormData()
    if (template) form.set('mapping', template)
    if (arrival) form.set('as', arrival)
    for (const file of files) form.append('files', file)
    upload.mutate(form)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is an extra way; the button is the way for everyone
    <div
      className={`import-drop${over ? ' over' : ''}`}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        add(event.dataTransfer.files)
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        aria-label={t('import:drop.choose')}
        onChange={event => add(event.target.files)}
      />
      {files.length === 0 ? (
        <>
          <InboxOutlined className="import-drop-icon" aria-hidden="true" />
          <h2>{t('import:drop.title')}</h2>
          <p className="soft">{t('import:drop.text')}</p>
          <Button type="primary" onClick={() => input.current?.click()}>
            {t('import:drop.choose')}
          </Button>
        </>
      ) : (
        <>
          <Chosen
            files={files}
            disabled={upload.isPending}
            onRemove={file => setFiles(files.filter(one => one !== file))}
          />
          <div className="row wrap import-options">
            <span className="soft">{t('import:template')}</span>
            <TemplateChoice value={template} onChange={setTemplate} disabled={upload.isPending} />
            <span className="soft">{t('import:arrival')}</span>
            <ArrivalChoice auto value={arrival} onChange={setArrival} disabled={upload.isPending} />
          </div>
          <div className="row wrap">
            <Button disabled={upload.isPending} onClick={() => input.current?.click()}>
              {t('import:drop.more')}
            </Button>
            <Button type="primary" disabled={upload.isPending} onClick={send}>
              {upload.isPending ? (
                <span role="status">
                  <LoadingOutlined aria-hidden="true" /> {t('import:drop.busy')}
                </span>
              ) : (
                t('import:drop.upload')
              )}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

function Chosen(props: { files: File[]; disabled: boolean; onRemove: (file: File) => void }) {
  const { t } = useTranslation()
  return (
    <ul className="import-files">
      {props.files.map(file => (
        <li key={file.name}>
          <FileExcelOutlined aria-hidden="true" />
          <span className="cut grow">{file.name}</span>
          <span className="soft">{formatSize(file.size)}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            disabled={props.disabled}
            aria-label={t('import:drop.remove', { name: file.name })}
            onClick={() => props.onRemove(file)}
          />
        </li>
      ))}
    </ul>
  )
}
