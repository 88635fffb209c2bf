import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { AdminTabs } from '@/components/AdminTabs'
import { ListPage } from '@/components/list/ListPage'
import type { Column, ListSpec } from '@/components/list/spec'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import type { ApiToken, Tone } from '@/lib/api/types'
import { formatDate, today } from '@/lib/format'
import { useShortcuts } from '@/lib/keyboard'
import { useUrlState } from '@/lib/url-state'
import { RevokeToken } from './revoke'

const CreateToken = lazy(() => import('./create').then(module => ({ default: module.CreateToken })))

export type TokenState = 'active' | 'expired' | 'revoked'

export function stateOn(token: Pick<ApiToken, 'revoked' | 'expires_on'>, day: string): TokenState {
  if (token.revoked) return 'revoked'
  return token.expires_on !== null && token.expires_on < day ? 'expired' : 'active'
}

const TONES: Record<TokenState, Tone> = { active: 'done', expired: 'risk', revoked: 'idle' }

function TokenTag({ token }: { token: ApiToken }) {
  const { t } = useTranslation()
  const state = stateOn(token, today())
  return <StateTag tone={TONES[state]}>{t(`api-token:state.${state}`)}</StateTag>
}

function LastUsed({ token }: { token: ApiToken }) {
  const { t } = useTranslation()
  if (!token.last_used_at) return <span className="soft">{t('api-token:unused')}</span>
  return <When instant={token.last_used_at} />
}

function tokenColumns(t: TFunction): Column<ApiToken>[] {
  return [
    { id: 'name', label: 'api-token:field.name', width: 200, grow: true, sort: 'name', render: row => row.name },
    { id: 'state', label: 'api-token:field.state', width: 110, render: row => <TokenTag token={row} /> },
    { id: 'user', label: 'api-token:field.user', width: 140, render: row => row.user.name },
    {
      id: 'scopes',
      label: 'api-token:field.scopes',
      width: 120,
      render: row => (
        <span title={row.scopes.join('\n')}>{t('api-token:scopes_count', { shown: row.scopes.length })}</span>
      ),
    },
    {
      id: 'expires_on',
      label: 'api-token:field.expires_on',
      width: 130,
      render: row => (row.expires_on ? formatDate(row.expires_on) : t('api-token:never')),
    },
    {
      id: 'last_used_at',
      label: 'api-token:field.last_used_at',
      width: 130,
      render: row => <LastUsed token={row} />,
    },
    {
      id: 'created_at',
      label: 'api-token:field.created_at',
      width: 130,
      sort: 'created_at',
      render: row => <When instant={row.created_at} />,
    },
    {
      id: 'actions',
      label: 'api-token:field.actions',
      width: 100,
      render: row => <RevokeToken token={row} />,
    },
  ]
}

const rowKey = (row: ApiToken) => row.id

/** Secrets with which programs act for people. */
export function TokensPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const { search } = useLocation()
  const add = useCallback(() => change({ new: '1' }), [change])
  useShortcuts([{ keys: 'n', label: 'api-token:new', run: add }])
  const spec = useMemo<ListSpec<ApiToken>>(() => {
    const create = (
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>
        {t('api-token:new')}
      </Button>
    )
    return {
      noun: 'api-tokens',
      path: '/api-tokens',
      title: 'nav:users',
      rowKey,
      rowHref: () => `/tokens${search}`,
      rowName: row => row.name,
      columns: tokenColumns(t),
      filters: [],
      defaultSort: '-created_at',
      searchHint: 'api-token:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="strong cut grow">{row.name}</span>
            <TokenTag token={row} />
          </span>
          <span className="row soft">
            <span className="cut grow">{row.user.name}</span>
            <LastUsed token={row} />
          </span>
        </span>
      ),
      above: <AdminTabs />,
      extra: create,
      empty: { title: t('api-token:empty.title'), text: t('api-token:empty.text'), action: create },
    }
  }, [t, add, search])
  return (
    <>
      <ListPage spec={spec} />
      {url.new && (
        <Suspense fallback={null}>
          <CreateToken onClose={() => change({ new: null })} />
        </Suspense>
      )}
    </>
  )
}
