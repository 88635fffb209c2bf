/** Texts in three languages; a page brings its own, the rest comes with the language. Keys are always written with their namespace: `t('order:field.customer')`. */
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

/** Namespaces that pages asked for; another language brings them along. */
const wanted = new Set<string>()

async function loadNamespace(language: Language, namespace: string): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return
  const { others } = await catalogues[language]()
  const texts = await others[`./${namespace}.json`]?.()
  if (texts) i18next.addResourceBundle(language, namespace, texts, true, true)
}

/** Loads the texts a page needs beside those needed everywhere. */
export async function loadTexts(namespaces: string[]): Promise<void> {
  for (const namespace of namespaces) wanted.add(namespace)
  await Promise.all(namespaces.map(namespace => loadNamespace(currentLanguage(), namespace)))
}

async function loadLanguage(language: Language): Promise<void> {
  const { everywhere } = await catalogues[language]()
  for (const [path, texts] of Object.entries(everywhere)) {
    i18next.addResourceBundle(language, path.slice(2, -5), texts, true, true)
  }
  await Promise.all([...wanted].map(namespace => loadNamespace(language, namespace)))
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
  return (i18next.language as Language | undefined) ?? preferredLanguage()
}
