import {
  BulbOutlined,
  CheckSquareOutlined,
  GlobalOutlined,
  LogoutOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Badge, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { put } from '@/lib/api/client'
import type { Language } from '@/lib/api/types'
import { chooseLanguage, LANGUAGES } from '@/lib/i18n'
import { keyCaps } from '@/lib/keyboard'
import { useSession } from '@/lib/session'
import { type ThemeChoice, useTheme } from '@/lib/theme'
import { useNarrow } from '@/lib/viewport'
import { useMyWorkCount } from '@/lib/work-count'
import { Menu } from '../Menu'
import { Bell } from './Bell'

const THEMES: { choice: ThemeChoice; icon: ReactNode }[] = [
  { choice: 'light', icon: <SunOutlined /> },
  { choice: 'dark', icon: <MoonOutlined /> },
  { choice: 'system', icon: <BulbOutlined /> },
]

/** Shows everything in another language and tells the server, so that the next sign-in begins with it. */
export function useLanguageChoice(): (language: Language) => void {
  const { session, replace } = useSession()
  const client = useQueryClient()
  return language => {
    // What the server says in words is asked for again in the new language.
    void chooseLanguage(language).then(() => client.invalidateQueries())
    void put('/session/preferences', { language }).then(
      () => replace({ ...session, user: { ...session.user, language } }),
      () => undefined,
    )
  }
}

export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { t, i18n } = useTranslation()
  const { session, signOut } = useSession()
  const theme = useTheme()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const chooseLanguageHere = useLanguageChoice()
  const count = useMyWorkCount()
  if (narrow) {
    return (
      <header className="top-bar">
        <span className="top-company">{session.company.name}</span>
        <span className="grow" />
        <Bell />
        <IconButton label={t('common:search')} icon={<SearchOutlined />} onClick={onSearch} />
      </header>
    )
  }
  return (
    <header className="top-bar">
      <Tooltip title={t('nav:company')}>
        <span className="top-company">{session.company.name}</span>
      </Tooltip>
      <button type="button" className="top-search" onClick={onSearch}>
        <SearchOutlined aria-hidden="true" />
        <span>{t('palette:placeholder')}</span>
        <span className="caps" aria-hidden="true">
          {keyCaps('mod+k').map(cap => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      </button>
      <span className="grow" />
      <Tooltip title={t('nav:my_work')}>
        <Link to="/my-work" className="icon-button" aria-label={t('nav:my_work_count', { count })}>
          <Badge count={count} size="small" overflowCount={99}>
            <CheckSquareOutlined />
          </Badge>
        </Link>
      </Tooltip>
      <Bell />
      <IconButton label={t('keys:help')} icon={<QuestionCircleOutlined />} onClick={onHelp} />
      <Menu
        label={t('nav:language')}
        items={LANGUAGES.map(language => ({
          key: language.code,
          label: language.name,
          selected: language.code === i18n.language,
          onClick: () => chooseLanguageHere(language.code),
        }))}
      >
        <button type="button" className="icon-button" aria-label={t('nav:language')}>
          <GlobalOutlined />
        </button>
      </Menu>
      <Menu
        label={t('nav:theme.label')}
        items={THEMES.map(item => ({
          key: item.choice,
          icon: item.icon,
          label: t(`nav:theme.${item.choice}`),
          selected: item.choice === theme.choice,
          onClick: () => theme.choose(item.choice),
        }))}
      >
        <button type="button" className="icon-button" aria-label={t('nav:theme.label')}>
          {theme.isDark ? <MoonOutlined /> : <SunOutlined />}
        </button>
      </Menu>
      <Menu
        label={session.user.name}
        items={[
          { key: 'me', icon: <UserOutlined />, label: t('nav:me'), onClick: () => void navigate('/me') },
          { key: 'out', icon: <LogoutOutlined />, label: t('nav:sign_out'), onClick: signOut },
        ]}
      >
        <button type="button" className="person-button">
          <span className="avatar" aria-hidden="true">
            {session.user.name.slice(0, 1)}
          </span>
          <span className="person-name">{session.user.name}</span>
        </button>
      </Menu>
    </header>
  )
}

function IconButton(props: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip title={props.label}>
      <button type="button" className="icon-button" aria-label={props.label} onClick={props.onClick}>
        {props.icon}
      </button>
    </Tooltip>
  )
}
