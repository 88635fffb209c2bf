import { CloseOutlined, SaveOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { formatCount } from '@/lib/format'
import type { UrlValues } from '@/lib/url-state'
import type { View } from './spec'

interface Own {
  name: string
  search: string
}

function readOwn(noun: string): Own[] {
  try {
    return JSON.parse(localStorage.getItem(`shundan.views.${noun}`) ?? '[]') as Own[]
  } catch {
    return []
  }
}

/** Views as tabs with their counts, the given ones and those the person saved. */
export function ViewTabs(props: {
  noun: string
  views: View[]
  url: UrlValues
  change: (change: Record<string, string | null>) => void
}) {
  const { t } = useTranslation()
  const location = useLocation()
  const [own, setOwn] = useState(() => readOwn(props.noun))
  const keep = (next: Own[]) => {
    localStorage.setItem(`shundan.views.${props.noun}`, JSON.stringify(next))
    setOwn(next)
  }
  const ownOpen = own.some(view => view.search === location.search)
  const current = props.url.view ?? props.views[0]?.value
  const first = props.views[0]?.value
  const worthSaving = location.search.length > 1 && !ownOpen && Object.keys(props.url).some(key => key !== 'view')
  return (
    <nav className="view-tabs" aria-label={t('list:views')}>
      {props.views.map(view => (
        <Link
          key={view.value}
          to={{ search: view.value === first ? '' : `?view=${view.value}` }}
          className="view-tab"
          aria-current={!ownOpen && current === view.value ? 'page' : undefined}
        >
          {t(view.label)}
          {view.count !== undefined && (
            <span className="view-count">{formatCount(view.count) + (view.more ? '+' : '')}</span>
          )}
        </Link>
      ))}
      {own.map(view => (
        <span
          key={view.name}
          className="view-tab own"
          aria-current={view.search === location.search ? 'page' : undefined}
        >
          <Link to={{ search: view.search }}>{view.name}</Link>
          <button
            type="button"
            className="plain-button"
            aria-label={t('list:forget_view', { name: view.name })}
            onClick={() => keep(own.filter(other => other !== view))}
          >
            <CloseOutlined />
          </button>
        </span>
      ))}
      {worthSaving && (
        <SaveView
          onSave={name => keep([...own.filter(view => view.name !== name), { name, search: location.search }])}
        />
      )}
    </nav>
  )
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = () => {
    if (!name.trim()) return
    onSave(name.trim())
    setOpen(false)
    setName('')
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      content={
        <div className="row">
          <Input
            autoFocus
            value={name}
            maxLength={20}
            aria-label={t('list:view_name')}
            placeholder={t('list:view_name')}
            onChange={event => setName(event.target.value)}
            onPressEnter={save}
          />
          <Button type="primary" onClick={save}>
            {t('common:save')}
          </Button>
        </div>
      }
    >
      <Tooltip title={open ? '' : t('list:save_view')}>
        <Button type="text" size="small" icon={<SaveOutlined />} aria-label={t('list:save_view')} />
      </Tooltip>
    </Popover>
  )
}
