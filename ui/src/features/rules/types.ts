/** What the rules look like on the screen: the text as JSON, which forms read; the text itself stays the one truth. */
import type { components } from '@/lib/api/schema'

type Schemas = components['schemas']

export type BlueprintRow = Schemas['BlueprintRow']
export type Versions = Schemas['Versions']
export type Understood = Omit<Schemas['Understood'], 'document'> & { document: Document | null }
export type Blueprint = Omit<Schemas['BlueprintJson'], 'text'> & { text: Understood }
export type Vocabulary = Schemas['Vocabulary']
export type Replay = Schemas['ReplayJson']
export type Mistake = Schemas['MistakeJson']
export type RoleChange = Schemas['RoleChangeJson']

export type LocalText = string | { 'zh-CN': string; 'zh-TW': string; en: string }

export interface ApprovalRule {
  code: string
  name?: LocalText
  stage: number
  roles: string[]
  need?: number
  when?: string
}
export interface GateRule {
  code: string
  on: string[]
  when?: string
  require: string
  message: LocalText
  override?: string[]
  backfill?: string
}
export interface CancellationRule {
  code: string
  name?: LocalText
  stage?: string
  when?: string
  percent?: number | string
  amount?: number | string
}
export interface GradeRule {
  grade: string
  turnover?: number | string
  late_percent?: number | string
  days_late?: number | string
  years?: number | string
}
export interface ConfirmationRule {
  ask?: string
  owe?: string
  slip?: string
  valid_days?: number
}
export interface Item {
  code: string
  text?: LocalText
  name?: LocalText
}
export interface InquiryRule {
  code: string
  text?: LocalText
  kind?: string
  required?: boolean
  when?: string
}
export interface Level {
  after: string
  role: string
}
export interface ClockRule {
  code: string
  name?: LocalText
  starts?: string[]
  stops?: string[]
  pauses?: string[]
  resumes?: string[]
  stops_by_hand?: boolean
  categories?: string[]
  except_categories?: string[]
  when?: string
  calendar?: string
  limit?: string
  anchor?: string
  before?: string
  warn_before?: string
  role?: string
  escalation?: Level[]
  task?: string
}
export interface NotifyRule {
  events?: string[]
  roles?: string[]
  to?: string[]
  channels?: string[]
  template?: string
  urgent?: boolean
}
export interface RoleRule {
  code: string
  name?: LocalText
  permissions?: string[]
}
export interface Document {
  title?: LocalText
  numbering?: Record<string, string>
  limits?: Record<string, number | string>
  approval?: ApprovalRule[]
  gate?: GateRule[]
  checklist?: Item[]
  cancellation?: CancellationRule[]
  grade?: GradeRule[]
  confirmation?: ConfirmationRule
  inquiry?: InquiryRule[]
  proof?: Item[]
  clock?: ClockRule[]
  notify?: NotifyRule[]
  role?: RoleRule[]
}

/** A change of one place of the text. */
export type Patch =
  | { do: 'set'; path: string; value: unknown }
  | { do: 'add'; path: string; value: unknown }
  | { do: 'remove'; path: string }
  | { do: 'move'; path: string; to: number }
  | { do: 'write_out'; path: string }

/** What every part of the form is given. */
export interface PartProps {
  document: Document
  sentences: Record<string, string>
  vocabulary: Vocabulary
  /** What would become of roles. */
  roles: RoleChange[]
  locked: boolean
  change: (...patches: Patch[]) => void
}

/** A text in a language of the product. */
export function textIn(text: LocalText | undefined, language: string): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  return text[language as 'zh-CN'] ?? text['zh-CN']
}
