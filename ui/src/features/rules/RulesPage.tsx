/** The versions of the company's rules: what is in force, what is being written, what was before. */
import { BranchesOutlined, FileAddOutlined, UploadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { Menu } from '@/components/Menu'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { ReadyBlueprint } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'
import { RulesState, useNewDraft } from './state'
import type { Versions } from './types'
import './rules.css'

export function RulesPage() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['blueprints'], queryFn: () => get<Versions>('/blueprints') })
  const may = useCan('blueprint.edit')
  return (
    <div className="page">
      <PageHead title={t('nav:rules')}>{may && found.data && <NewDraft versions={found.data} />}</PageHead>
      <p className="soft">{t('rules:intro')}</p>
      {found.isPending && <PageSkeleton />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <List versions={found.data} />}
    </div>
  )
}

function NewDraft({ versions }: { versions: Versions }) {
  const { t } = useTranslation()
  const create = useNewDraft()
  const file = useRef<HTMLInputElement>(null)
  const ready = useQuery({
    queryKey: ['blueprints', 'ready'],
    queryFn: () => get<ReadyBlueprint[]>('/blueprints/ready'),
  })
  return (
    <>
      <input
        ref={file}
        type="file"
        accept=".toml"
        hidden
        aria-label={t('rules:import')}
        onChange={event => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) void chosen.text().then(content => create.mutate({ content, why: chosen.name }))
        }}
      />
      <Button icon={<UploadOutlined />} onClick={() => file.current?.click()}>
        {t('rules:import')}
      </Button>
      <Menu
        label={t('rules:from_ready')}
        items={(ready.data ?? []).map(one => ({
          key: one.name,
          label: one.title,
          onClick: () => create.mutate({ ready: one.name, why: '' }),
        }))}
      >
        <Button icon={<FileAddOutlined />}>{t('rules:from_ready')}</Button>
      </Menu>
      <Button
        type="primary"
        icon={<BranchesOutlined />}
        loading={create.isPending}
        onClick={() => create.mutate({ from: versions.in_force, why: '' })}
      >
        {t('rules:new_draft')}
      </Button>
    </>
  )
}

function List({ versions }: { versions: Versions }) {
  const { t } = useTranslation()
  return (
    <TableBox label={t('nav:rules')}>
      <table className="rule-versions">
        <thead>
          <tr>
            <th>{t('rules:field.number')}</th>
            <th>{t('rules:field.title')}</th>
            <th>{t('rules:field.state')}</th>
            <th>{t('rules:field.why')}</th>
            <th>{t('rules:field.by')}</th>
            <th>{t('rules:field.at')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.items.map(row => (
            <tr key={row.number}>
              <td>
                <Link to={`/rules/${row.number}`}>{row.number === 0 ? t('rules:of_product') : `v${row.number}`}</Link>
              </td>
              <td>{row.title || '–'}</td>
              <td>
                <RulesState row={row} />
              </td>
              <td className="cut">{row.why || '–'}</td>
              <td>{(row.activated_by ?? row.created_by)?.name || '–'}</td>
              <td className="mono">{formatInstant(row.activated_at ?? row.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
