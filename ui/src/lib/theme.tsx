/** Light and dark: one palette, given both to Ant Design and, as custom properties, to our own styles. */
import { theme as antTheme, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from './api/types'
import { MessageProvider } from './message'
import { useNarrow } from './viewport'

export type ThemeChoice = 'light' | 'dark' | 'system'

const KEY = 'shundan.theme'

const light = {
  bg: '#f5f6f8',
  surface: '#ffffff',
  sunken: '#f0f2f5',
  hover: '#f3f6fb',
  line: '#e3e6eb',
  'line-strong': '#c6ccd5',
  text: '#1b2330',
  soft: '#556070',
  primary: '#2456c4',
  link: '#1f4fb8',
  'primary-soft': '#e9effc',
  'idle-text': '#56606e',
  'idle-bg': '#eef0f3',
  idle: '#d0d6de',
  'going-text': '#1b51be',
  'going-bg': '#e7effd',
  going: '#3a74e6',
  'risk-text': '#8a5100',
  'risk-bg': '#fdf1da',
  risk: '#e39c1b',
  'late-text': '#b3211a',
  'late-bg': '#fdeae8',
  late: '#d93f35',
  'done-text': '#166b39',
  'done-bg': '#e4f4ea',
  done: '#2ea05b',
}

const dark: typeof light = {
  bg: '#0f1319',
  surface: '#171c24',
  sunken: '#12161d',
  hover: '#1d2430',
  line: '#2a313c',
  'line-strong': '#414b5a',
  text: '#e5e9f0',
  soft: '#9eabbd',
  primary: '#3d6cdc',
  link: '#8fb2ff',
  'primary-soft': '#1b2a49',
  'idle-text': '#a8b3c2',
  'idle-bg': '#252c37',
  idle: '#3c4654',
  'going-text': '#93b8ff',
  'going-bg': '#1a2b4c',
  going: '#5a8cf5',
  'risk-text': '#f1bd63',
  'risk-bg': '#3a2c12',
  risk: '#dda037',
  'late-text': '#ff9d94',
  'late-bg': '#44211f',
  late: '#ee665c',
  'done-text': '#77d59c',
  'done-bg': '#163423',
  done: '#3fb56f',
}

export type Palette = typeof light

export const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", Roboto, sans-serif'

const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)')

function subscribeSystem(callback: () => void): () => void {
  const query = systemDark()
  query.addEventListener('change', callback)
  return () => query.removeEventListener('change', callback)
}

export function storedTheme(): ThemeChoice {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Paints the page in the theme before anything is drawn, so that nothing flashes. */
export function paint(isDark: boolean): void {
  const root = document.documentElement
  root.dataset.theme = isDark ? 'dark' : 'light'
  root.style.colorScheme = isDark ? 'dark' : 'light'
  for (const [name, value] of Object.entries(isDark ? dark : light)) root.style.setProperty(`--${name}`, value)
  root.style.setProperty('--font', FONT)
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', (isDark ? dark : light).bg)
}
export function paintStored(): void {
  const choice = storedTheme()
  paint(choice === 'dark' || (choice === 'system' && systemDark().matches))
}

const ANT_LOCALES: Record<Language, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/locale/zh_CN'),
  'zh-TW': () => import('antd/locale/zh_TW'),
  en: () => import('antd/locale/en_US'),
}

function useAntLocale(): Locale | undefined {
  const { i18n } = useTranslation()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let live = true
    const language = i18n.language as Language
    void ANT_LOCALES[language]?.().then(module => live && setLocale(module.default))
    return () => {
      live = false
    }
  }, [i18n.language])
  return locale
}

interface ThemeContextValue {
  choice: ThemeChoice
  isDark: boolean
  palette: Palette
  choose: (choice: ThemeChoice) => void
}
const ThemeContext = createContext<ThemeContextValue | null>(null)

export function useTheme(): ThemeContextValue {
  const value = useContext(ThemeContext)
  if (!value) throw new Error('useTheme needs a ThemeProvider')
  return value
}

function antConfig(isDark: boolean, narrow: boolean) {
  const p = isDark ? dark : light
  const base = isDark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm
  return {
    algorithm: narrow ? [base] : [base, antTheme.compactAlgorithm],
    token: {
      fontFamily: FONT,
      fontSize: narrow ? 15 : 15,
      controlHeight: narrow ? 40 : 34,
      borderRadius: 6,
      colorPrimary: p.primary,
      colorLink: p.link,
      colorInfo: p.primary,
      colorSuccess: p.done,
      colorSuccessBg: p['done-bg'],
      colorWarningBg: p['risk-bg'],
      colorErrorBg: p['late-bg'],
      colorInfoBg: p['going-bg'],
      colorWarning: p.risk,
      // Light enough to be read on dark surfaces; what is filled with it then has dark words.
      colorError: isDark ? '#ff8378' : '#c9312a',
      colorBgLayout: p.bg,
      colorBgContainer: p.surface,
      colorBgElevated: isDark ? '#1e2530' : '#ffffff',
      colorText: p.text,
      colorTextSecondary: p.soft,
      colorTextTertiary: p.soft,
      colorTextDescription: p.soft,
      colorTextPlaceholder: isDark ? '#8792a3' : '#6b7585',
      colorTextDisabled: isDark ? '#7e899a' : '#737d8c',
      colorBorder: p['line-strong'],
      colorBorderSecondary: p.line,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        contentFontSize: narrow ? 15 : 13,
        dangerColor: isDark ? '#1b0d0b' : '#ffffff',
      },
      Badge: { colorTextLightSolid: isDark ? '#1b0d0b' : '#ffffff' },
      Tooltip: { maxWidth: 360 },
      Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
    },
  }
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ThemeChoice>(storedTheme)
  const prefersDark = useSyncExternalStore(subscribeSystem, () => systemDark().matches)
  const isDark = choice === 'dark' || (choice === 'system' && prefersDark)
  const narrow = useNarrow()
  const locale = useAntLocale()

  useEffect(() => paint(isDark), [isDark])
  const value = useMemo<ThemeContextValue>(
    () => ({
      choice,
      isDark,
      palette: isDark ? dark : light,
      choose: next => {
        if (next === 'system') localStorage.removeItem(KEY)
        else localStorage.setItem(KEY, next)
        setChoice(next)
      },
    }),
    [choice, isDark],
  )
  const config = useMemo(() => antConfig(isDark, narrow), [isDark, narrow])
  return (
    <ThemeContext value={value}>
      <ConfigProvider theme={config} locale={locale} button={{ autoInsertSpace: false }}>
        <MessageProvider>{children}</MessageProvider>
      </ConfigProvider>
    </ThemeContext>
  )
}
