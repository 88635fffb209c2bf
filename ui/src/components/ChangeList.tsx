import { useTranslation } from 'react-i18next'
import type { Change } from '@/lib/api/types'
import { type LineColumn, LineTable } from './LineTable'

/** What changed, field by field: before and after. */
export function ChangeList({ changes }: { changes: Change[] }) {
  const { t } = useTranslation()
  const columns: LineColumn<Change>[] = [
    { id: 'label', label: t('audit:change.field'), main: true, render: row => row.label },
    {
      id: 'before',
      label: t('audit:change.before'),
      render: row => <span className="pre soft">{row.before || '–'}</span>,
    },
    { id: 'after', label: t('audit:change.after'), render: row => <span className="pre">{row.after || '–'}</span> },
  ]
  return <LineTable label={t('audit:changes')} columns={columns} rows={changes} rowKey={row => row.field} />
}
