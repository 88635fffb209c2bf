import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input, Popconfirm, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { LinkButton } from '@/components/LinkButton'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { TableBox } from '@/components/TableBox'
import { get, post, put } from '@/lib/api/client'
import type { DocumentPreview, DocumentTemplate } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { formatInstant } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import './document.css'

/** A template of documents: its text at the left, how it looks at the right. */
export function DocumentTemplatePage() {
  const { t } = useTranslation()
  const { kind = '', language = '' } = useParams()
  const path = `/document-templates/${kind}/${language}`
  const found = useQuery({
    queryKey: ['document-templates', kind, language],
    queryFn: () => get<DocumentTemplate>(path),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const template = found.data
  const name = LANGUAGES.find(each => each.code === language)?.name ?? language
  return (
    <div className="page">
      <PageHead
        title={`${template.kind_name} · ${name}`}
        tags={
          <StateTag tone={template.own ? 'going' : 'idle'}>
            {template.own ? t('document:templates.own', { no: template.version }) : t('document:templates.built_in')}
          </StateTag>
        }
      >
        <LinkButton to="/settings/documents">{t('document:templates.all')}</LinkButton>
      </PageHead>
      <div className="stack">
        <Editor key={template.version} template={template} path={path} />
        <Versions template={template} path={path} />
        <Fields template={template} />
      </div>
    </div>
  )
}

function usePreview(template: DocumentTemplate, body: string, subject: string, lines: number) {
  const asked = useDebounced(JSON.stringify({ body, subject, lines }), 600)
  return useQuery({
    queryKey: ['document-preview', template.kind, template.language, asked],
    queryFn: () =>
      post<DocumentPreview>('/document-templates/preview', {
        kind: template.kind,
        language: template.language,
        ...(JSON.parse(asked) as object),
      }),
    placeholderData: before => before,
    retry: false,
    gcTime: 0,
  })
}

function Editor({ template, path }: { template: DocumentTemplate; path: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [body, setBody] = useState(template.body)
  const [note, setNote] = useState('')
  const [subject, setSubject] = useState('')
  const [lines, setLines] = useState(3)
  const text = useRef<HTMLDivElement>(null)
  const preview = usePreview(template, body, subject, lines)
  const refresh = () => client.invalidateQueries({ queryKey: ['document-templates'] })
  const failed = (error: unknown) => void message.error(problemText(error), 6)
  const save = useMutation({
    mutationFn: () => put(path, { body, note }, { version: template.version }),
    onSuccess: () => {
      void message.success(t('document:templates.saved'))
      void refresh()
    },
    onError: failed,
  })
  const reset = useMutation({
    mutationFn: () => post(`${path}/reset`, {}, { version: template.version }),
    onSuccess: () => {
      void message.success(t('document:templates.reset_done'))
      void refresh()
    },
    onError: failed,
  })
  const go = (line: number, column: number) => {
    const area = text.current?.querySelector('textarea')
    if (!area || line === 0) return
    const before = body.split('\n').slice(0, line - 1)
    const at = before.reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1)
    area.focus()
    area.setSelectionRange(at, at + 1)
    area.scrollTop = Math.max(0, (line - 6) * 18.75)
  }
  return (
    <div className="document-editor">
      <Card title={t('document:templates.text')} extra={<Files template={template} body={body} onText={setBody} />}>
        <div ref={text}>
          <Input.TextArea
            aria-label={t('document:templates.text')}
            value={body}
            spellCheck={false}
            rows={28}
            onChange={event => setBody(event.target.value)}
          />
        </div>
        <Mistakes preview={preview.data} onGo={go} />
        <div className="document-foot">
          <Input
            aria-label={t('document:templates.note')}
            placeholder={t('document:templates.note')}
            maxLength={200}
            value={note}
            onChange={event => setNote(event.target.value)}
          />
          {template.own && (
            <Popconfirm
              title={t('document:templates.reset_consequence')}
              icon={null}
              okText={t('document:templates.reset')}
              cancelText={t('common:back')}
              onConfirm={() => reset.mutate()}
            >
              <Button loading={reset.isPending}>{t('document:templates.reset')}</Button>
            </Popconfirm>
          )}
          <Button
            type="primary"
            disabled={body === template.body}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('document:templates.save')}
          </Button>
        </div>
      </Card>
      <Card
        title={t('document:templates.preview')}
        extra={
          preview.data && <span className="soft">{t('document:templates.pages', { count: preview.data.count })}</span>
        }
      >
        <div className="document-tools">
          <Input
            aria-label={t(`document:templates.of.${template.subject}`)}
            placeholder={t(`document:templates.of.${template.subject}`)}
            value={subject}
            allowClear
            onChange={event => setSubject(event.target.value)}
          />
          <Select
            aria-label={t('document:templates.lines')}
            value={lines}
            disabled={subject !== ''}
            options={[1, 3, 10, 60].map(value => ({ value, label: t('document:templates.sample', { count: value }) }))}
            onChange={setLines}
          />
        </div>
        {preview.isError && <Alert type="error" showIcon title={problemText(preview.error)} />}
        <Pages pages={preview.data?.pages ?? []} stale={preview.isFetching} />
      </Card>
    </div>
  )
}

function Mistakes({ preview, onGo }: { preview?: DocumentPreview; onGo: (line: number, column: number) => void }) {
  const { t } = useTranslation()
  if (!preview || preview.mistakes.length === 0) return null
  return (
    <ul className="document-mistakes" role="alert">
      {preview.mistakes.map(mistake => (
        <li
          key={`${mistake.line}:${mistake.column}:${mistake.message}`}
          className={mistake.stops ? 'ink-late' : 'ink-risk'}
        >
          {mistake.line > 0 && (
            <button type="button" className="link-button" onClick={() => onGo(mistake.line, mistake.column)}>
              {t('document:templates.at', { line: mistake.line, column: mistake.column })}
            </button>
          )}{' '}
          {mistake.message}
          {mistake.hints.map(hint => (
            <span key={hint} className="soft">
              {' '}
              {hint}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** Pages as pictures: a template cannot put anything live into the page. */
function Pages({ pages, stale }: { pages: string[]; stale: boolean }) {
  const { t } = useTranslation()
  const [sources, setSources] = useState<string[]>([])
  useEffect(() => {
    const made = pages.map(page => URL.createObjectURL(new Blob([page], { type: 'image/svg+xml' })))
    setSources(made)
    return () => {
      for (const source of made) URL.revokeObjectURL(source)
    }
  }, [pages])
  return (
    <TableBox label={t('document:templates.preview')} className={stale ? 'document-pages stale' : 'document-pages'}>
      {sources.map((source, index) => (
        <img key={source} src={source} alt={t('document:templates.page', { no: index + 1 })} />
      ))}
    </TableBox>
  )
}

function Files({
  template,
  body,
  onText,
}: {
  template: DocumentTemplate
  body: string
  onText: (text: string) => void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const save = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([body], { type: 'text/plain' }))
    link.download = `${template.kind}.${template.language}.typ`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <span className="row">
      <input
        ref={input}
        type="file"
        hidden
        accept=".typ,text/plain"
        aria-label={t('document:templates.upload')}
        onChange={event => {
          const file = event.target.files?.[0]
          if (file) void file.text().then(onText)
          event.target.value = ''
        }}
      />
      <Button size="small" icon={<UploadOutlined />} onClick={() => input.current?.click()}>
        {t('document:templates.upload')}
      </Button>
      <Button size="small" icon={<DownloadOutlined />} onClick={save}>
        {t('document:templates.download')}
      </Button>
    </span>
  )
}

function Versions({ template, path }: { template: DocumentTemplate; path: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<number | null>(null)
  const text = useQuery({
    queryKey: ['document-templates', path, shown],
    queryFn: () => get<{ body: string }>(`${path}/versions/${shown}`),
    enabled: shown !== null,
  })
  if (template.versions.length === 0) return null
  return (
    <Card title={t('document:templates.versions')} flush>
      <TableBox label={t('document:templates.versions')}>
        <table className="table">
          <tbody>
            {template.versions.map(version => (
              <tr key={version.no}>
                <td>
                  <button type="button" className="link-button" onClick={() => setShown(version.no)}>
                    {version.built_in
                      ? t('document:templates.was_reset', { no: version.no })
                      : t('document:templates.own', { no: version.no })}
                  </button>
                </td>
                <td>{version.note || '–'}</td>
                <td>
                  {version.by.name} <span className="soft">{formatInstant(version.at)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {shown !== null && text.data && (
        <div className="card-body">
          <Input.TextArea
            aria-label={t('document:templates.own', { no: shown })}
            readOnly
            rows={14}
            value={text.data.body}
          />
        </div>
      )}
    </Card>
  )
}

function Fields({ template }: { template: DocumentTemplate }) {
  const { t } = useTranslation()
  return (
    <Card title={t('document:templates.fields')} flush>
      <TableBox label={t('document:templates.fields')}>
        <table className="table">
          <thead>
            <tr>
              <th>{t('document:templates.path')}</th>
              <th>{t('document:templates.meaning')}</th>
              <th>{t('document:templates.example')}</th>
            </tr>
          </thead>
          <tbody>
            {template.fields.map(field => (
              <tr key={field.path}>
                <td>
                  <code>data.{field.path}</code>
                </td>
                <td>{field.name}</td>
                <td className="soft">{field.example || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}
