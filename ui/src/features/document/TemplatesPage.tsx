import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { SettingsTabs } from '@/components/SettingsTabs'
import { StateTag } from '@/components/StateTag'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { DocumentTemplateRow, DocumentTemplates } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { LetterheadCard } from './LetterheadCard'
import './document.css'

/** Every kind of document in each language: the product's template, or one of the company's own. */
export function DocumentTemplatesPage() {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['document-templates'],
    queryFn: () => get<DocumentTemplates>('/document-templates'),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const { items } = found.data
  const kinds = items.filter(item => item.language === 'zh-CN')
  return (
    <div className="page">
      <PageHead title={t('nav:documents')} />
      <SettingsTabs />
      <div className="stack">
        {found.data.fonts_message && <Alert type="error" showIcon title={found.data.fonts_message} />}
        <Card title={t('document:templates.title')} flush>
          <TableBox label={t('document:templates.title')}>
            <table className="table">
              <thead>
                <tr>
                  <th>{t('document:field.kind')}</th>
                  {LANGUAGES.map(language => (
                    <th key={language.code}>{language.name}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {kinds.map(kind => (
                  <tr key={kind.kind}>
                    <td>
                      <span className="strong">{kind.kind_name}</span>{' '}
                      <span className="soft">{t(`document:subject.${kind.subject}`)}</span>
                    </td>
                    {LANGUAGES.map(({ code, name }) => (
                      <td key={code}>
                        <Cell
                          row={items.find(item => item.kind === kind.kind && item.language === code)}
                          language={name}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </Card>
        <LetterheadCard />
      </div>
    </div>
  )
}

function Cell({ row, language }: { row: DocumentTemplateRow | undefined; language: string }) {
  const { t } = useTranslation()
  if (!row) return null
  const state = row.own ? t('document:templates.own', { no: row.version }) : t('document:templates.built_in')
  return (
    <Link to={`/settings/documents/${row.kind}/${row.language}`} aria-label={`${row.kind_name} ${language}：${state}`}>
      <StateTag tone={row.own ? 'going' : 'idle'}>{state}</StateTag>{' '}
      {row.own && row.changed_at && <span className="soft">{formatInstant(row.changed_at)}</span>}
    </Link>
  )
}
