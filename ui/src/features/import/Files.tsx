import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import type { Import, ImportSheet } from '@/lib/api/types'
import { formatCount } from '@/lib/format'
import { sheetName } from './mapping'

/** The sheets as they were read: their columns and first rows. */
export function Files({ given }: { given: Import }) {
  return (
    <div className="main-column">
      {given.sheets.map(sheet => (
        <Sample key={sheetName(sheet)} sheet={sheet} />
      ))}
    </div>
  )
}

function Sample({ sheet }: { sheet: ImportSheet }) {
  const { t } = useTranslation()
  const name = sheetName(sheet)
  return (
    <Card
      title={name}
      flush
      extra={<span className="soft">{t('import:file.rows', { shown: formatCount(sheet.rows) })}</span>}
    >
      <TableBox label={t('import:file.sample', { name })}>
        <table className="table import-sample">
          <thead>
            <tr>
              {sheet.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file may have the same name and never move
                <th key={index} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.sample.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name and never move
              <tr key={index}>
                {sheet.columns.map((_, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <td key={at}>{row[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}
