import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { download } from '@/lib/api/client'
import { formatInstant, formatSize } from '@/lib/format'
import type { PortalDocument } from './types'

/** What the company made for the customer: confirmations, delivery notes, statements. */
export function Documents({ documents }: { documents: PortalDocument[] }) {
  const { t } = useTranslation()
  if (documents.length === 0) return null
  return (
    <Card title={t('portal:documents')} flush>
      <ul className="portal-rows">
        {documents.map(document => (
          <li key={document.id}>
            <span className="grow cut">
              {document.kind_name} {document.number}
              <span className="soft portal-block">
                {formatInstant(document.created_at)} · {formatSize(document.size)}
              </span>
            </span>
            <Button
              icon={<DownloadOutlined />}
              aria-label={t('portal:download_of', { name: document.filename })}
              onClick={() => void download(`/portal/documents/${document.id}`, {}, document.filename)}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}
