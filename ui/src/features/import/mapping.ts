/** What a mapping says of the files that are there, and how it is changed on the screen. */
import type {
  ImportField,
  ImportNoun,
  ImportSheet,
  ImportTemplates,
  Mapping,
  MappingRule,
  MappingSource,
} from '@/lib/api/types'
import { IMPORT_NOUNS } from '@/lib/api/types'

/** A name as it is compared: width, case, spaces and punctuation do not matter. */
export function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:：()（）%]/g, '')
}

/** Whether a file or sheet name fits a pattern with `*`; an empty one fits all. */
export function fits(pattern: string, name: string): boolean {
  if (pattern === '') return true
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(name)
}

export function sheetName(sheet: Pick<ImportSheet, 'file' | 'sheet'>): string {
  return sheet.sheet ? `${sheet.file} · ${sheet.sheet}` : sheet.file
}

/** The sheets whose name a source fits. */
export function sheetsOf(source: MappingSource, sheets: ImportSheet[]): ImportSheet[] {
  return sheets.filter(sheet => fits(source.file, sheet.file) && fits(source.sheet, sheet.sheet))
}

/** The sheet a source most likely reads: the one with most of its columns. */
export function sheetOf(source: MappingSource, sheets: ImportSheet[]): ImportSheet | undefined {
  const found = (sheet: ImportSheet) =>
    Object.values(source.fields).filter(rule => named(rule).some(name => columnIn(sheet, [name]) !== null)).length
  return sheetsOf(source, sheets).sort((a, b) => found(b) - found(a))[0]
}

function named(rule: MappingRule): string[] {
  return [...(rule.column ?? []), ...(rule.join ?? [])]
}

/** The column of the sheet that has one of these names. */
export function columnIn(sheet: ImportSheet, names: string[]): string | null {
  for (const name of names) {
    const column = sheet.columns.find(each => plain(each) === plain(name))
    if (column !== undefined) return column
  }
  return null
}

/** The first values of a column that are not empty. */
export function samples(sheet: ImportSheet, column: string, count = 3): string[] {
  const at = sheet.columns.indexOf(column)
  return sheet.sample
    .map(row => row[at] ?? '')
    .filter(value => value !== '')
    .slice(0, count)
}

export type RuleKind = 'none' | 'column' | 'value' | 'other'

/** How a field is shown: from one column, always one value, or in a way only the template can say. */
export function kindOf(rule: MappingRule | undefined): RuleKind {
  if (!rule) return 'none'
  const simple = !rule.join?.length && !rule.map && !rule.table && !rule.prefix
  if (simple && rule.column?.length) return 'column'
  if (simple && rule.value !== undefined) return 'value'
  return 'other'
}

export function withRule(source: MappingSource, key: string, rule: MappingRule | null): MappingSource {
  const { [key]: _, ...rest } = source.fields
  return { ...source, fields: rule ? { ...rest, [key]: rule } : rest }
}

/** Required fields that neither a column of the sheet nor a value fills. */
export function missing(source: MappingSource, fields: ImportField[], sheet: ImportSheet | undefined): ImportField[] {
  return fields.filter(field => {
    if (!field.required) return false
    const rule = source.fields[field.key]
    if (!rule) return true
    if (kindOf(rule) !== 'column') return false
    return !sheet || columnIn(sheet, rule.column ?? []) === null
  })
}

/** The fields of a noun that have a column of their label, their key, or their label behind the noun's name: 客户编码. */
export function guessFields(fields: ImportField[], sheet: ImportSheet, noun: string): Record<string, MappingRule> {
  const found: Record<string, MappingRule> = {}
  const taken = new Set<string>()
  for (const field of fields) {
    const column = columnIn(sheet, [`${noun}${field.label}`, field.label, field.key])
    if (column === null || taken.has(column)) continue
    taken.add(column)
    found[field.key] = { column: [column] }
  }
  return found
}

export function newSource(noun: ImportNoun, name: string, sheet: ImportSheet, fields: ImportField[]): MappingSource {
  const guessed = guessFields(fields, sheet, name)
  const first = sheet.columns[0]
  return {
    noun,
    file: sheet.file,
    sheet: sheet.sheet,
    ...(noun === 'orders' || noun === 'order_lines' ? { key: first === undefined ? [] : [first] } : {}),
    fields: guessed,
  }
}

/** Whether the file or the sheet is called like the noun: `products.csv`, `商品`. */
function isCalled(sheet: ImportSheet, noun: ImportNoun, name: string): boolean {
  const called = [sheet.file.replace(/\.[^.]*$/, ''), sheet.sheet].map(plain)
  return called.some(
    each => each !== '' && [noun, noun.replace(/s$/, ''), name].some(word => each.includes(plain(word))),
  )
}

/** A mapping to begin with where none fits: each sheet as the noun it is called by, else as that most of whose columns it has. */
export function beginning(
  sheets: ImportSheet[],
  fields: ImportTemplates['fields'],
  nameOf: (noun: ImportNoun) => string,
): Mapping {
  const source = sheets.flatMap(sheet => {
    const scored = IMPORT_NOUNS.map(noun => ({
      noun,
      score:
        Object.keys(guessFields(fields[noun] ?? [], sheet, nameOf(noun))).length +
        (isCalled(sheet, noun, nameOf(noun)) ? 3 : 0),
    })).sort((a, b) => b.score - a.score)
    const best = scored[0]
    return best && best.score > 0 ? [newSource(best.noun, nameOf(best.noun), sheet, fields[best.noun] ?? [])] : []
  })
  return { name: 'custom', title: {}, as: 'draft', apostrophe: false, table: {}, source }
}

/** `orders 2026-11.csv` → `orders*.csv`: the same file of another month. */
export function patternOf(file: string): string {
  const dot = file.lastIndexOf('.')
  const stem = dot > 0 ? file.slice(0, dot) : file
  const bare = stem.replace(/[\s\d_\-.()（）年月日]+$/u, '')
  return bare === '' ? '' : `${bare}*${dot > 0 ? file.slice(dot) : ''}`
}

/** A mapping as it reads other files of the same kind: names of files only where several must be told apart. */
export function asTemplate(mapping: Mapping, sheets: ImportSheet[]): Mapping {
  const files = new Set(sheets.map(sheet => sheet.file))
  const general = (source: MappingSource): MappingSource => {
    const exact = sheets.some(sheet => sheet.file === source.file)
    const inFile = sheets.filter(sheet => sheet.file === source.file)
    return {
      ...source,
      file: !exact ? source.file : files.size === 1 ? '' : patternOf(source.file),
      sheet: exact && inFile.length === 1 ? '' : source.sheet,
    }
  }
  return { ...mapping, source: mapping.source.map(general) }
}

/** Whether a text can name a template. */
export function isTemplateName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(name)
}
