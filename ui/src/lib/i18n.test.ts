import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { texts as english } from '@/locales/en'
import { texts as simplified } from '@/locales/zh-CN'
import { texts as traditional } from '@/locales/zh-TW'

type Tree = Record<string, unknown>

function flatten(tree: Tree, prefix: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value as Tree, `${prefix}${key}.`),
  )
}
function keysOf(texts: Record<string, Tree>): Map<string, string> {
  return new Map(Object.entries(texts).flatMap(([namespace, tree]) => flatten(tree, `${namespace}:`)))
}

/** English has a singular beside: `line.count_one`. */
const all_but_singular = (keys: Map<string, string>) => new Map([...keys].filter(([key]) => !key.endsWith('_one')))

const catalogues = { 'zh-CN': keysOf(simplified), 'zh-TW': keysOf(traditional), en: all_but_singular(keysOf(english)) }
const all = new Set(Object.values(catalogues).flatMap(keys => [...keys.keys()]))

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
  })
}
const namespaces = Object.keys(simplified).join('|')
/** `'order:new'` and the fixed beginning of `` `order:status.${code}` ``. */
const USED = new RegExp(`(['"\`])((?:${namespaces}):[A-Za-z0-9_.-]*)(\\1|\\$\\{)`, 'g')

describe('catalogues', () => {
  it('have the same keys in every language', () => {
    for (const [language, keys] of Object.entries(catalogues)) {
      const missing = [...all].filter(key => !keys.has(key))
      expect(missing, `missing in ${language}`).toEqual([])
    }
  })

  it('use the same placeholders in every language', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort()
    for (const [key, text] of catalogues['zh-CN']) {
      for (const other of ['zh-TW', 'en'] as const) {
        expect(placeholders(catalogues[other].get(key) ?? ''), `${key} in ${other}`).toEqual(placeholders(text))
      }
    }
  })

  it('hold every key the code uses', () => {
    const missing: string[] = []
    for (const path of sources('src')) {
      for (const [, , key, end] of readFileSync(path, 'utf8').matchAll(USED)) {
        if (!key) continue
        const known = end === '${' ? [...all].some(each => each.startsWith(key)) : all.has(key)
        if (!known) missing.push(`${path}: ${key}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('name only namespaces that exist', () => {
    const unknown: string[] = []
    for (const path of sources('src')) {
      for (const [, key] of readFileSync(path, 'utf8').matchAll(/\bt\(\s*['"`]([\w-]+):/g)) {
        if (key && !(key in simplified)) unknown.push(`${path}: ${key}`)
      }
    }
    expect(unknown).toEqual([])
  })
})
