import { DownloadOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { type LineColumn, LineTable } from '@/components/LineTable'
import type { Import, ImportError } from '@/lib/api/types'
import { saveText, toCsv } from '@/lib/csv'
import { formatCount, today } from '@/lib/format'
import { sheetName } from './mapping'

const STEP = 100

/** `C12`, as the spreadsheet names it; empty for a file as a whole. */
export function cellOf(error: Pick<ImportError, 'row' | 'column'>): string {
  return error.row > 0 && error.column ? `${error.column}${error.row}` : ''
}

/** Everything that is wrong, each at its cell, in the person's language. */
export function Errors({ given }: { given: Import }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [shown, setShown] = useState(STEP)
  const wanted = text.trim().toLowerCase()
  const found = useMemo(
    () =>
      given.errors.filter(error =>
        [error.file, error.sheet, cellOf(error), error.field, error.value, error.message].some(part =>
          part.toLowerCase().includes(wanted),
        ),
      ),
    [given.errors, wanted],
  )
  const place = (error: ImportError) =>
    cellOf(error) || (error.row > 0 ? t('import:error.row', { row: error.row }) : t('import:error.whole'))
  const columns: LineColumn<ImportError>[] = [
    { id: 'message', label: t('import:error.message'), main: true, render: error => error.message },
    {
      id: 'cell',
      label: t('import:error.cell'),
      width: 100,
      render: error => <span className="mono strong">{place(error)}</span>,
    },
    { id: 'field', label: t('import:error.field'), width: 170, render: error => error.field || '–' },
    {
      id: 'value',
      label: t('import:error.value'),
      width: 200,
      render: error => <span className="import-value">{error.value || '–'}</span>,
    },
    {
      id: 'file',
      label: t('import:error.file'),
      width: 200,
      render: error => <span className="soft">{error.file ? sheetName(error) : '–'}</span>,
    },
  ]
  const download = () => {
    const head = ['file', 'cell', 'field', 'value', 'message'].map(key => t(`import:error.${key}`))
    const rows = found.map(error => [sheetName(error), place(error), error.field, error.value, error.message])
    saveText(toCsv([head, ...rows]), `${t('import:file.download_name')} ${today()}.csv`)
  }
  const left = found.length - shown
  return (
    <Card
      title={t('import:error.title')}
      flush
      extra={
        <Button size="small" icon={<DownloadOutlined />} disabled={found.length === 0} onClick={download}>
          {t('import:error.download')}
        </Button>
      }
    >
      <div className="card-body row wrap">
        <Input
          className="import-filter"
          allowClear
          value={text}
          aria-label={t('import:error.filter')}
          placeholder={t('import:error.filter')}
          onChange={event => setText(event.target.value)}
        />
        {given.error_count > given.errors.length && (
          <span className="soft">
            {t('import:error.first', { shown: formatCount(given.error_count), kept: formatCount(given.errors.length) })}
          </span>
        )}
      </div>
      <LineTable
        label={t('import:error.title')}
        columns={columns}
        rows={found.slice(0, shown)}
        rowKey={error => `${error.file} ${error.sheet} ${error.row} ${error.column} ${error.code} ${error.value}`}
        empty={t('import:error.none')}
      />
      {left > 0 && (
        <div className="card-body">
          <Button onClick={() => setShown(shown + STEP)}>
            {t('import:error.more', { shown: formatCount(Math.min(STEP, left)) })}
          </Button>
        </div>
      )}
    </Card>
  )
}
