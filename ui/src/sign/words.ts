/** The words of the page, one language at a time. */
import { setLanguageHeader } from '@/lib/api/client'
import type { Language } from '@/lib/api/types'
import type offered from '@/locales/zh-CN/offer.json'
import type chinese from '@/locales/zh-CN/sign.json'

export type Words = typeof chinese
/** Those of the page of a quotation: what it says otherwise is in a catalogue of its own. */
export type OfferWords = Words & typeof offered

export const LANGUAGES: { code: Language; name: string }[] = [
  { code: 'zh-CN', name: '简' },
  { code: 'zh-TW', name: '繁' },
  { code: 'en', name: 'EN' },
]

const catalogues: Record<Language, () => Promise<{ default: Words }>> = {
  'zh-CN': () => import('@/locales/zh-CN/sign.json'),
  'zh-TW': () => import('@/locales/zh-TW/sign.json'),
  en: () => import('@/locales/en/sign.json'),
}

/** The words of a language; what the server says is in it too from here on. */
export async function wordsOf(language: Language): Promise<Words> {
  setLanguageHeader(language)
  document.documentElement.lang = language
  return (await catalogues[language]()).default
}

const offers: Record<Language, () => Promise<{ default: typeof offered }>> = {
  'zh-CN': () => import('@/locales/zh-CN/offer.json'),
  'zh-TW': () => import('@/locales/zh-TW/offer.json'),
  en: () => import('@/locales/en/offer.json'),
}

/** The words of the page of a quotation. */
export async function offerWordsOf(language: Language): Promise<OfferWords> {
  const [words, own] = await Promise.all([wordsOf(language), offers[language]()])
  return { ...words, ...own.default }
}

/** The browser's language, for a link that tells none. */
export function browserLanguage(): Language {
  for (const wanted of navigator.languages ?? []) {
    if (/^zh-(TW|HK|MO|Hant)/i.test(wanted)) return 'zh-TW'
    if (/^zh/i.test(wanted)) return 'zh-CN'
    if (/^en/i.test(wanted)) return 'en'
  }
  return 'zh-CN'
}

/** `{{name}}` filled. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
