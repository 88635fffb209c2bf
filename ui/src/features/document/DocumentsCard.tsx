import { DownOutlined, FilePdfOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Menu } from '@/components/Menu'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { address, get } from '@/lib/api/client'
import type { DocumentKind, Documents, Language, MadeDocument } from '@/lib/api/types'
import { formatInstant, formatSize } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'
import './document.css'

const PeriodDialog = lazy(() => import('./PeriodDialog'))

interface Props {
  /** Path of what they are made of: `/orders/…`, `/shipments/…`, `/invoices/…`, `/customers/…`. */
  of: string
}

function contentOf(id: string): string {
  return address(`/documents/${id}/content`)
}

/** Documents that were made of something, and the way to make another. */
export function DocumentsCard({ of }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayRead = useCan('personal_data.see')
  const key = ['documents', of]
  const found = useQuery({ queryKey: key, queryFn: () => get<Documents>(`${of}/documents`) })
  const [chosen, setChosen] = useState<Language | null>(null)
  const [asking, setAsking] = useState<DocumentKind | null>(null)
  const make = usePost<{ kind: DocumentKind; language: Language; from?: string; to?: string }, MadeDocument>(
    `${of}/documents`,
    {
      onDone: made => {
        void client.invalidateQueries({ queryKey: key })
        if (mayRead) window.open(contentOf(made.id), '_blank', 'noopener')
      },
      done: t('document:made'),
    },
  )
  const data = found.data
  const language = chosen ?? data?.language ?? 'zh-CN'
  const choose = (kind: DocumentKind) => {
    if (kind === 'statement') setAsking(kind)
    else make.mutate({ kind, language })
  }
  const items = (data?.kinds ?? []).map(kind => ({
    key: kind.kind,
    label: kind.message ? (
      <span className="document-choice">
        {kind.name}
        <span className="soft">{kind.message}</span>
      </span>
    ) : (
      kind.name
    ),
    disabled: !kind.allowed,
    onClick: () => choose(kind.kind),
  }))
  return (
    <Card
      title={t('document:title')}
      flush={(data?.items.length ?? 0) > 0}
      extra={
        data?.may_make && (
          <span className="row">
            <Select
              aria-label={t('document:language')}
              size="small"
              value={language}
              popupMatchSelectWidth={false}
              options={LANGUAGES.map(each => ({ value: each.code, label: each.name }))}
              onChange={setChosen}
            />
            <Menu label={t('document:make')} items={items}>
              <Button size="small" type="primary" loading={make.isPending} icon={<FilePdfOutlined />}>
                {t('document:make')} <DownOutlined aria-hidden="true" />
              </Button>
            </Menu>
          </span>
        )
      }
    >
      {found.isPending && <PageSkeleton lines={2} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {data && data.items.length === 0 && <span className="soft">{t('document:none')}</span>}
      {data && data.items.length > 0 && <Table items={data.items} />}
      {asking && (
        <Suspense fallback={null}>
          <PeriodDialog
            busy={make.isPending}
            onClose={() => setAsking(null)}
            onChoose={(from, to) =>
              make.mutate({ kind: asking, language, from, to }, { onSuccess: () => setAsking(null) })
            }
          />
        </Suspense>
      )}
    </Card>
  )
}

function Table({ items }: { items: MadeDocument[] }) {
  const { t } = useTranslation()
  const mayRead = useCan('personal_data.see')
  const nameOf = (language: Language) => LANGUAGES.find(each => each.code === language)?.name ?? language
  return (
    <TableBox label={t('document:title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('document:field.kind')}</th>
            <th>{t('document:field.number')}</th>
            <th>{t('document:field.language')}</th>
            <th>{t('document:field.made')}</th>
            <th className="num">{t('document:field.pages')}</th>
            <th>SHA-256</th>
            <th>{t('document:print')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(item => (
            <tr key={item.id}>
              <td>
                <a
                  href={mayRead ? contentOf(item.id) : undefined}
                  target="_blank"
                  rel="noreferrer"
                  title={mayRead ? item.filename : t('document:hidden')}
                >
                  {item.kind_name}
                </a>{' '}
                <span className="soft">{t('document:sequence', { no: item.sequence })}</span>
              </td>
              <td>{item.subject_number || '–'}</td>
              <td>{nameOf(item.language)}</td>
              <td>
                {item.by.name} <span className="soft">{formatInstant(item.at)}</span>
              </td>
              <td className="num">
                {item.pages} <span className="soft">{formatSize(item.size)}</span>
              </td>
              <td>
                <code title={item.sha256}>{item.sha256.slice(0, 12)}</code>{' '}
                {item.archival && <span className="soft">PDF/A</span>}
              </td>
              <td>
                <Button
                  size="small"
                  type="text"
                  disabled={!mayRead}
                  icon={<PrinterOutlined />}
                  aria-label={t('document:print_named', { name: item.kind_name })}
                  title={t('document:print')}
                  onClick={() => print(contentOf(item.id))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}

/** Lets the browser print a PDF without leaving the page; where it cannot, the PDF opens beside. */
function print(source: string): void {
  document.querySelector('iframe[data-print]')?.remove()
  const frame = document.createElement('iframe')
  frame.dataset.print = ''
  frame.className = 'document-print'
  frame.src = source
  frame.onload = () => {
    try {
      frame.contentWindow?.focus()
      frame.contentWindow?.print()
    } catch {
      window.open(source, '_blank', 'noopener')
    }
  }
  document.body.append(frame)
}
