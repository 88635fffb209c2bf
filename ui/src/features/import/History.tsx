import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { type LineColumn, LineTable } from '@/components/LineTable'
import { PageSkeleton } from '@/components/PageSkeleton'
import { When } from '@/components/When'
import type { ImportRow } from '@/lib/api/types'
import { formatCount } from '@/lib/format'
import { ImportTag } from './ImportTag'
import { useImports } from './queries'

/** The latest imports. */
export function History() {
  const { t } = useTranslation()
  const found = useImports()
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton lines={4} />
  const columns: LineColumn<ImportRow>[] = [
    {
      id: 'files',
      label: t('import:history.files'),
      main: true,
      render: row => <Link to={`/import/${row.id}`}>{row.files}</Link>,
    },
    {
      id: 'state',
      label: t('import:history.state'),
      width: 130,
      render: row => <ImportTag state={row.state} errors={row.error_count} />,
    },
    { id: 'mapping', label: t('import:template'), width: 160, render: row => row.mapping || '–' },
    { id: 'rows', label: t('import:history.rows'), width: 100, end: true, render: row => formatCount(row.rows) },
    { id: 'at', label: t('import:history.at'), width: 140, render: row => <When instant={row.created_at} exact /> },
  ]
  return (
    <LineTable
      label={t('import:history.title')}
      columns={columns}
      rows={found.data.items}
      rowKey={row => row.id}
      empty={t('import:history.none')}
    />
  )
}
