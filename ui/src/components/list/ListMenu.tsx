import { DownloadOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download, type Query } from '@/lib/api/client'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { Menu } from '../Menu'
import type { Column, ListSpec } from './spec'

interface Props<Row> {
  spec: ListSpec<Row>
  query: Query
  columns: Column<Row>[]
  density: string
  narrow: boolean
  change: (change: Record<string, string | null>) => void
}

/** Export of exactly this view; columns and density, kept in the address and as this person's habit. */
export function ListMenu<Row>({ spec, query, columns, density, narrow, change }: Props<Row>) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const mayExport = useCan('export.run')
  const [busy, setBusy] = useState(false)
  const remembered = `shundan.list${spec.path}`
  const save = (format: 'xlsx' | 'csv') => {
    setBusy(true)
    download(spec.path, { ...query, format }, `${t(spec.title)} ${today()}.${format}`)
      .catch((error: unknown) => void message.error(problemText(error)))
      .finally(() => setBusy(false))
  }
  const chooseColumns = (ids: string[]) => {
    const ordered = spec.columns.filter(column => ids.includes(column.id)).map(column => column.id)
    localStorage.setItem(`${remembered}.cols`, ordered.join(','))
    change({ cols: ordered.join(',') })
  }
  return (
    <>
      {mayExport && (
        <Menu
          label={t('list:export.label')}
          items={[
            { key: 'xlsx', label: t('list:export.xlsx'), onClick: () => save('xlsx') },
            { key: 'csv', label: t('list:export.csv'), onClick: () => save('csv') },
          ]}
        >
          <Button icon={<DownloadOutlined />} loading={busy} aria-label={t('list:export.label')}>
            {narrow ? null : t('list:export.label')}
          </Button>
        </Menu>
      )}
      {!narrow && (
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <div className="column-choice">
              <Segmented
                block
                value={density}
                options={[
                  { value: 'normal', label: t('list:density.normal') },
                  { value: 'dense', label: t('list:density.dense') },
                ]}
                onChange={value => {
                  localStorage.setItem(`${remembered}.density`, value)
                  change({ density: value === 'normal' ? null : value })
                }}
              />
              <Checkbox.Group
                value={columns.map(column => column.id)}
                onChange={chooseColumns}
                options={spec.columns.slice(1).map(column => ({ value: column.id, label: t(column.label) }))}
              />
            </div>
          }
        >
          <Button icon={<SettingOutlined />} aria-label={t('list:columns')} />
        </Popover>
      )}
    </>
  )
}
