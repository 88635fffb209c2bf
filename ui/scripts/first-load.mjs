// First load of every page in gzipped kilobytes, from the built manifest; fails when one is over the limit.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 350
const dist = new URL(process.argv[2] ?? '../dist/', import.meta.url)
const read = name => JSON.parse(readFileSync(new URL(`.vite/${name}.json`, dist), 'utf8'))
// The program of the company, and those of its customers, built apart.
const manifest = read('manifest')
const outside = read('outside')

const sizes = new Map()
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length)
  return sizes.get(file)
}
function filesOf(key, found = new Set(), built = manifest) {
  const chunk = built[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const css of chunk.css ?? []) found.add(css)
  for (const next of chunk.imports ?? []) filesOf(next, found, built)
  return found
}

/** What every page needs beside its own chunk: the shell, one language, Ant Design's words for it. */
const always = [
  'index.html',
  'src/locales/zh-CN/index.ts',
  'node_modules/antd/locale/zh_CN.js',
  'node_modules/antd/es/locale/zh_CN.js',
]
/** The texts each page brings, by its route's file. */
const table = readFileSync(new URL('../src/pages.ts', import.meta.url), 'utf8')
const texts = new Map()
for (const [, direct, group, grouped, list = ''] of table.matchAll(
  /(?:import\('\.\/routes\/([^']+)'\)|(goods|master|office|trade)\('([^']+)'\)),?\s*(?:texts: \[([^\]]*)\])?/g,
)) {
  const brought = [...list.matchAll(/'([^']+)'/g)].map(match => `src/locales/zh-CN/${match[1]}.json`)
  // A grouped page is found by the table of its group, which is loaded first.
  if (group) brought.push(`src/routes/${group}.ts`)
  texts.set(`src/routes/${direct ?? grouped}.tsx`, brought)
}
const pages = Object.keys(manifest).filter(key => /^src\/routes\/[\w-]+\.tsx$/.test(key))
let worst = 0
for (const page of pages) {
  const files = new Set()
  for (const key of [...always, page, ...(texts.get(page) ?? [])]) filesOf(key, files)
  const kb = [...files].reduce((sum, file) => sum + size(file), 0) / 1000
  worst = Math.max(worst, kb)
  process.stdout.write(
    `${`${page.slice(11, -4).padEnd(20)} ${kb.toFixed(1).padStart(7)} kB${kb > LIMIT_KB ? '  over the limit' : ''}`}\n`,
  )
}
/** The portal's pages, each with what the portal always needs. */
const portal = ['portal.html', ...always.slice(1), 'src/locales/zh-CN/portal.json']
for (const page of Object.keys(outside).filter(key => /^src\/features\/portal\/\w+\.tsx$/.test(key))) {
  const files = new Set()
  for (const key of [...portal, page]) filesOf(key, files, outside)
  const kb = [...files].reduce((sum, file) => sum + size(file), 0) / 1000
  worst = Math.max(worst, kb)
  process.stdout.write(
    `${`portal ${page.slice(20, -4).padEnd(13)} ${kb.toFixed(1).padStart(7)} kB${kb > LIMIT_KB ? '  over the limit' : ''}`}\n`,
  )
}
if (worst > LIMIT_KB) process.exit(1)
