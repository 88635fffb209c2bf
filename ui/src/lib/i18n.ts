/** Texts in three languages, one chunk a language; keys are always written with their namespace: `t('order:field.customer')`. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setLanguageHeader } from './api/client'
import type { Language } from './api/types'

export const LANGUAGES: { code: Language; name: string }[] = [
  { code: 'zh-CN', name: '简体中文' },
  { code: 'zh-TW', name: '繁體中文' },
  { code: 'en', name: 'English' },
]

const KEY = 'shundan.language'

const catalogues = {
  'zh-CN': () => import('@/locales/zh-CN'),
  'zh-TW': () => import('@/locales/zh-TW'),
  en: () => import('@/locales/en'),
}

/** The language chosen on this machine, else the browser's, else Simplified Chinese. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(KEY)
  if (stored === 'zh-CN' || stored === 'zh-TW' || stored === 'en') return stored
  for (const wanted of navigator.languages ?? []) {
    if (/^zh-(TW|HK|MO|Hant)/i.test(wanted)) return 'zh-TW'
    if (/^zh/i.test(wanted)) return 'zh-CN'
    if (/^en/i.test(wanted)) return 'en'
  }
  return 'zh-CN'
}

export async function loadLanguage(language: Language): Promise<void> {
  const { texts } = await catalogues[language]()
  for (const [namespace, content] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, content, true, true)
  }
}

/** Shows everything in `language` and remembers it on this machine. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language)
  await loadLanguage(language)
  setLanguageHeader(language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

export async function startLanguage(language: Language = preferredLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    ns: [],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    partialBundledLanguages: true,
  })
  await loadLanguage(language)
  setLanguageHeader(language)
  document.documentElement.lang = language
}

export function currentLanguage(): Language {
  return (i18next.language as Language) ?? 'zh-CN'
}
