import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everywhere } from '@/locales/zh-CN'
import { pages } from '@/pages'

type Tree = Record<string, unknown>

function read(language: string): Record<string, Tree> {
  const folder = join('src/locales', language)
  const files = readdirSync(folder).filter(name => name.endsWith('.json'))
  return Object.fromEntries(
    files.map(name => [name.slice(0, -5), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Tree]),
  )
}

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

const simplified = read('zh-CN')

/** English has a singular beside: `line.count_one`. */
const all_but_singular = (keys: Map<string, string>) => new Map([...keys].filter(([key]) => !key.endsWith('_one')))

const catalogues = {
  'zh-CN': keysOf(simplified),
  'zh-TW': keysOf(read('zh-TW')),
  en: all_but_singular(keysOf(read('en'))),
}
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

/** The files a file leads to, lazily loaded ones included. */
function reachable(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'([.@][^']+)'/g)) {
    const base = target.startsWith('@/') ? join('src', target.slice(2)) : join(dirname(path), target)
    const found = [`${base}.tsx`, `${base}.ts`].find(existsSync)
    // What every page reaches is checked by itself: the frame and its table of pages.
    if (found && !/src\/(pages|router|nav)\.tsx?$/.test(found)) reachable(found, seen)
  }
  return seen
}

describe('pages', () => {
  const common = new Set(Object.keys(everywhere).map(path => path.slice(2, -5)))

  const table = readFileSync('src/pages.ts', 'utf8')
  const routes = new Map(
    [
      ...table.matchAll(
        /path: '([^']+)',\s*load: (?:\(\) => import\('\.\/routes\/([^']+)'\)|(?:goods|master|office|trade)\('([^']+)'\))/g,
      ),
    ].map(([, path, direct, grouped]) => [path, `routes/${direct ?? grouped}`]),
  )

  it.each(pages.map(page => [page.path, page] as const))('%s brings the texts it uses', (path, page) => {
    const file = `src/${routes.get(path)}.tsx`
    const used = new Set<string>()
    for (const path of reachable(file)) {
      for (const [, , key] of readFileSync(path, 'utf8').matchAll(USED)) used.add((key ?? '').split(':')[0] ?? '')
    }
    const missing = [...used].filter(namespace => !common.has(namespace) && !page.texts?.includes(namespace))
    expect(missing).toEqual([])
  })
})
