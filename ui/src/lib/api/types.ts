/**
 * What the HTTP API speaks, by hand until the generated schema takes over; every type of the wire is found here; those of
 * goods stand in a file of their own.
 */

import type { components } from './schema'

export * from './goods'

type Schemas = components['schemas']

export type Language = 'zh-CN' | 'zh-TW' | 'en'

/** Exact decimal amount of a currency, as text: never a float. */
export type Money = Schemas['Money']

/** Exact decimal count with its unit of measure. */
export type Quantity = Schemas['Quantity']

/** What inputs may send in place of {@link Money} or {@link Quantity}. */
export type Decimal = string
/** ISO 8601 date, `2026-11-21`. */
export type IsoDate = string
/** RFC 3339 instant in UTC. */
export type Instant = string
/** Decimal percent, `"13"` is 13 %. */
export type Rate = string

export type Named = Schemas['Named']
export type Coded = Schemas['Coded']
export type Numbered = Schemas['Numbered']

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export type FieldError = Schemas['FieldError']

export type MissingFact = Schemas['MissingFact']

/** A rule that must hold before a step, with what is missing and who may override it. */
export type Gate = Schemas['Gate']

/** RFC 9457 problem document. */
export type Problem = Schemas['Problem']

// ---------------------------------------------------------------- codes

export const ORDER_STATUSES = [
  'draft',
  'submitted',
  'reviewed',
  'approved',
  'awaiting_signature',
  'effective',
  'closed',
  'rejected',
  'void',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const CHANNELS = [
  'direct',
  'sales_rep',
  'agent',
  'portal',
  'web_shop',
  'marketplace',
  'fax',
  'phone',
  'email',
  'visit',
] as const
export type Channel = (typeof CHANNELS)[number]

export const CATEGORIES = ['direct', 'sub_distributor', 'prefecture', 'supermarket', 'export', 'project'] as const
export type SalesCategory = (typeof CATEGORIES)[number]

export const SETTLEMENTS = [
  'cash',
  'cash_on_delivery',
  'payment_first',
  'deposit_balance',
  'monthly',
  'hold_one_order',
  'rolling',
  'remittance',
  'carrier_advance',
] as const
export type Settlement = (typeof SETTLEMENTS)[number]

export const GRADES = ['A', 'B', 'C'] as const
export type Grade = (typeof GRADES)[number]

export const PRODUCT_KINDS = ['standard', 'made_to_order'] as const
export type ProductKind = (typeof PRODUCT_KINDS)[number]

export const TAX_CATEGORIES = ['standard', 'reduced', 'service', 'zero', 'exempt'] as const
export type TaxCategory = (typeof TAX_CATEGORIES)[number]

export const PAYMENT_METHODS = ['bank', 'cash', 'wechat', 'alipay', 'card', 'cheque', 'other'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export const ATTACHMENT_KINDS = [
  'proof_of_delivery',
  'signed_order',
  'contract',
  'confirmation',
  'signature',
  'photo',
  'message',
  'call_note',
  'fax',
  'drawing',
  'other',
] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

export const EVIDENCE_KINDS = [
  'signed_statement',
  'signed_confirmation',
  'photo',
  'scan',
  'email',
  'bank_receipt',
  'call_note',
  'oral',
] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** Currencies offered in choices; the API takes any of ISO 4217. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'JPY', 'GBP', 'AUD', 'CAD', 'SGD', 'KRW'] as const

export const INVOICE_KINDS = ['special', 'ordinary', 'electronic'] as const
export type InvoiceKind = (typeof INVOICE_KINDS)[number]

export const SUPPLY_STATES = ['none', 'short', 'part_reserved', 'reserved', 'ready'] as const
export const FULFILMENT_STATES = ['none', 'part_shipped', 'shipped', 'part_delivered', 'delivered'] as const
export const FINANCE_STATES = ['unbilled', 'part_billed', 'billed', 'part_paid', 'settled', 'refund_due'] as const
export const SERVICE_STATES = ['none', 'follow_up_due', 'satisfied', 'dissatisfied', 'waived'] as const

export const TRACKS = ['commercial', 'supply', 'fulfilment', 'finance', 'service'] as const
export type TrackName = (typeof TRACKS)[number]
export type Tone = 'idle' | 'going' | 'risk' | 'late' | 'done'

export type PriceSourceKind =
  | 'list'
  | 'channel'
  | 'category'
  | 'grade'
  | 'customer'
  | 'contract'
  | 'quotation'
  | 'manual'
  | 'free'
  | 'none'

// ---------------------------------------------------------------- session, company, people

export type DemoLogin = Schemas['DemoLogin']
export type SignInInfo = Schemas['SignInPage']
export type Credentials = Schemas['Credentials']
export type Session = Schemas['Session']

export type Company = Schemas['Company']
export type FoundedCompany = Schemas['FoundedCompany']
export type ReadyBlueprint = Schemas['ReadyBlueprint']

/** What saving a master record answers. */
export type Saved = Schemas['Saved']

export type User = Schemas['User']
export type Role = Schemas['Role']
export type Permission = Schemas['Permission']
export type ApiToken = Schemas['ApiToken']
export type SessionInfo = Schemas['SessionInfo']

// ---------------------------------------------------------------- notifications

export type Notification = Schemas['Notification']
export type NotificationSettings = Required<Schemas['NotificationSettings']>
export type MyNotificationSettings = Omit<Schemas['MyNotificationSettings'], 'settings'> & {
  settings: NotificationSettings
}
export type Delivery = Schemas['SentMessage']
export type Webhook = Schemas['Webhook']
export type WebhookSecret = Schemas['WebhookSecret']
export type Robot = Schemas['Robot']
export type MailSettings = Schemas['MailSettings']
export type Tested = Schemas['Tested']
export type TemplateLanguages = Record<Language, { subject: string; body: string }>
export type NotificationTemplate = Omit<Schemas['NotificationTemplate'], 'words'> & { words: TemplateLanguages }
export interface NotificationTemplates {
  items: NotificationTemplate[]
  places: Schemas['TemplatePlace'][]
}

// ---------------------------------------------------------------- customers, products, prices

export type Contact = Schemas['Contact']
export type Address = Schemas['Address']
export type Credit = Schemas['Credit']
export type Customer = Schemas['Customer']
export type SimilarCustomer = Schemas['SimilarCustomer']
export type CustomerMerge = Schemas['CustomerMerge']
export type CustomerPair = Schemas['CustomerPair']
export type CustomerGrade = Schemas['CustomerGrade']
export type Consent = Schemas['Consent']
export type ErasurePreview = Schemas['ErasurePreview']
export type GradeReason = Schemas['GradeReason']
export type MergePreview = Schemas['MergePreview']
export type CustomerCredit = Schemas['CustomerCredit']
export type CreditRelease = Schemas['CreditRelease']
export type CreditProposal = Schemas['CreditProposal']

export type Product = Schemas['Product']
export type Availability = Schemas['Availability']
export type Price = Schemas['Price']
export type ExchangeRate = Schemas['ExchangeRate']
export type Warehouse = Schemas['Warehouse']

export type Clock = Schemas['Clock']
export type ClockChip = Schemas['ClockChip']
export type ClockRule = Schemas['ClockRule']
export const CLOCK_STATES = ['running', 'paused', 'breached', 'stopped'] as const
export type Calendar = Schemas['Calendar']
export type Absence = Schemas['Absence']

// ---------------------------------------------------------------- orders

export type Track = Schemas['TrackJson']
export type Tracks = Record<TrackName, Track>

export type WaitingFor = Schemas['WaitingJson']

/** A step as the server offers it: allowed, or refused with the reason. */
export type Action = Omit<Schemas['OrderAction'], 'verb'> & { verb: string }

export type OrderState = Schemas['OrderState']

export type OrderRow = Schemas['OrderRow']

export type OrderLineInput = Schemas['OrderLineInput']

export type OrderInput = Schemas['OrderInput']

export type PriceSource = Schemas['PriceSource']

export type OrderLine = Schemas['OrderLine']

export type Approval = Schemas['Approval']
export type ChecklistItem = Schemas['ChecklistItem']

export type Attachment = Schemas['OrderAttachment']

export type Evidence = Schemas['Evidence']
export type EvidenceFile = Schemas['EvidenceFile']
export type EvidenceIntegrity = Schemas['EvidenceIntegrity']
export type OrderEvidence = Schemas['OrderEvidence']
export type Offer = Schemas['Offer']
export type OfferSent = QuotationState & { link_path: string | null }
export type QuotationOffers = Schemas['QuotationOffers']
export type Confirmation = Schemas['Confirmation']
export type ConfirmationSent = OrderState & { link_path: string | null }
export type OrderConfirmations = Schemas['OrderConfirmations']

export type ShipmentLine = Schemas['ShipmentLine']
export type Shipment = Schemas['Shipment']

export type InvoiceLine = Schemas['InvoiceLine']
export type Invoice = Schemas['Invoice']

export type Payment = Schemas['Payment']

export type FollowUp = Schemas['FollowUp']

export type Prepayment = Schemas['Prepayment']
export type Margin = Schemas['Margin']
export type Order = Schemas['Order']

export type CheckedLine = Schemas['CheckedLine']
export type SoldAs = Schemas['SoldAs']
export type Configured = Schemas['Configured']
export type ProductUnit = Schemas['ProductUnit']
export type ProductOptions = Schemas['ProductOptions']
export const TRACKINGS = ['none', 'lot', 'serial'] as const
export type OrderTotals = Schemas['OrderTotals']
export type Charge = Schemas['Charge']
export type ChargeInput = Schemas['ChargeInput']
export type OrderCheck = Schemas['CheckedOrder']

export type OrderCounts = Record<string, number>
export type OrderSummary = Schemas['OrderSummary']

export type Change = Schemas['ChangeJson']
export type OrderEvent = Schemas['OrderEvent']

// ---------------------------------------------------------------- work, insight, search

export type WorkItem = Schemas['WorkItem']
export type MyWork = Schemas['MyWork']
export type WorkClock = Schemas['WorkClock']

export type Dashboard = Schemas['Dashboard']

export type SearchResult = Schemas['SearchResult']

// ---------------------------------------------------------------- import, audit

export const IMPORT_NOUNS = [
  'customers',
  'products',
  'prices',
  'exchange_rates',
  'stock',
  'orders',
  'order_lines',
] as const
export type ImportNoun = (typeof IMPORT_NOUNS)[number]
export const ARRIVALS = ['draft', 'submitted', 'history'] as const
export type Arrival = (typeof ARRIVALS)[number]
export type ImportState = 'preview' | 'running' | 'done' | 'failed'

/** What a field is made of. */
export interface MappingRule {
  /** The first of these columns that is there. */
  column?: string[]
  /** These columns one after the other. */
  join?: string[]
  separator?: string
  /** Always this. */
  value?: string
  default?: string
  prefix?: string
  map?: Record<string, string>
  table?: string
  by?: 'name'
  decimal?: '.' | ','
  rate?: 'percent' | 'fraction'
  date?: string
}
/** Rows of a noun in sheets of a kind; `file` and `sheet` are patterns, empty for any. */
export interface MappingSource {
  noun: ImportNoun
  file: string
  sheet: string
  optional?: boolean
  key?: string[]
  unless?: string[]
  duplicates?: 'first' | 'error'
  decimal?: '.' | ','
  rate?: 'percent' | 'fraction'
  date?: string
  header_row?: number
  fields: Record<string, MappingRule>
}
export interface Mapping {
  name: string
  title: Record<string, string>
  as: Arrival
  apostrophe: boolean
  currency?: string
  table: Record<string, { file: string; sheet: string; key: string; value: string[] }>
  source: MappingSource[]
}
export type ImportField = Schemas['ImportField']
export interface ImportTemplate {
  name: string
  title: string
  built_in: boolean
  nouns: ImportNoun[]
  content: Mapping
}
export interface ImportTemplates {
  items: ImportTemplate[]
  fields: Record<ImportNoun, ImportField[]>
}
export type ImportCounts = Schemas['ImportCounts']
export type ImportSheet = Schemas['ImportSheet']
export type ImportError = Schemas['ImportError']
export interface ImportRow {
  id: string
  state: ImportState
  mapping: string
  files: string
  rows: number
  error_count: number
  created_at: Instant
  finished_at: Instant | null
}
export interface Import {
  id: string
  state: ImportState
  /** `null` where no mapping fits. */
  mapping: Mapping | null
  files: { name: string; size: number }[]
  sheets: ImportSheet[]
  rows: number
  counts: Record<string, ImportCounts>
  totals: { goods: Money; freight: Money; payable: Money } | null
  unshipped: number
  errors: ImportError[]
  error_count: number
  progress: { done: number; total: number }
  /** The import that brought the same files in before. */
  before: string | null
  failure: string | null
  created_at: Instant
  finished_at: Instant | null
}
export interface AuditEvent extends OrderEvent {
  subject: { kind: string; id: string; number: string }
}

// ---------------------------------------------------------------- gates that were overridden, questions

export type Override = Schemas['Override']
export type OrderQuestion = Schemas['OrderQuestion']
export type KeptProcess = Schemas['KeptProcess']
export type SkippedStep = Schemas['SkippedStep']
export type SkippedFigures = Schemas['SkippedFigures']
export type ApproveBatchAnswer = Schemas['ApproveBatchAnswer']

// ---------------------------------------------------------------- tasks

export type ChangeOrder = Schemas['Change']
export type ChangeRow = Schemas['ChangeRow']
export type ChangeState = Schemas['ChangeState']
export type ChangeStatus = Schemas['ChangeStatus']
export type ChangeVerb = Schemas['ChangeVerb']
export type ChangeEffect = Schemas['ChangeEffect']
export type ChangeKind = Schemas['ChangeKind']
/** What is left out does not belong to its kind, or stays as it is. */
export type ChangeItemInput = Partial<Schemas['ChangeItemInput']> & { kind: ChangeKind }
export interface ChangeInput {
  side: Schemas['ChangeSide']
  reason: string
  changes: ChangeItemInput[]
}
export type OrderVersion = Schemas['OrderVersion']
export type LineVersion = Schemas['LineVersion']
/** In the order in which the form offers them. */
export const CHANGE_KINDS = [
  'quantity',
  'add_line',
  'drop_line',
  'swap_product',
  'price',
  'required_on',
  'promised_on',
  'planned_ship_on',
  'expected_on',
  'address',
  'packing',
  'charges',
  'settlement',
  'configuration',
] as const satisfies ChangeKind[]

export type Rebate = Schemas['Rebate']
export type RebateRow = Schemas['RebateRow']
export type RebateInput = Schemas['RebateInput']
export type Promotion = Schemas['Promotion']
export type PromotionRow = Schemas['PromotionRow']
export type PromotionInput = Schemas['PromotionInput']
export type Contract = Schemas['Contract']
export type ContractCall = Schemas['ContractCall']
export type ContractDifference = Schemas['ContractDifference']
export type ContractInput = Schemas['ContractInput']
export type ContractLine = Schemas['ContractLine']
export type ContractRow = Schemas['ContractRow']
export type ContractState = Schemas['ContractState']
export type ContractVerb = Schemas['ContractVerb']
export type OrderContract = Schemas['OrderContract']
export type ProposedContract = Schemas['ProposedContract']
export const CONTRACT_STATUSES = ['draft', 'in_force', 'expired', 'ended'] as const
export type ContractStatus = (typeof CONTRACT_STATUSES)[number]
export const CONTRACT_TERMS = [
  'currency',
  'period',
  'settlement',
  'deposit',
  'tax',
  'credit_days',
  'lead_time',
  'product',
  'price',
] as const
export type ContractTerm = (typeof CONTRACT_TERMS)[number]
export type Inquiry = Schemas['Inquiry']
export type InquiryRow = Schemas['InquiryRow']
export type InquiryState = Schemas['InquiryState']
export type InquiryInput = Schemas['InquiryInput']
export type InquiryCheck = Schemas['InquiryCheck']
export type InquiryItem = Schemas['InquiryItem']
export type InquiryVagueWord = Schemas['InquiryVagueWord']
export type InquiryMark = Schemas['InquiryMark']
export type InquiryVerb = Schemas['InquiryVerb']
export const INQUIRY_STATUSES = ['open', 'clarified', 'quoted', 'ordered', 'dropped'] as const
export type InquiryStatus = (typeof INQUIRY_STATUSES)[number]

export type Quotation = Schemas['Quotation']
export type QuotationLine = Schemas['QuotationLine']
export type QuotationRow = Schemas['QuotationRow']
export type QuotationState = Schemas['QuotationState']
export type QuotationVerb = Schemas['QuotationVerb']
export type QuotationInput = Schemas['QuotationInput']
export const QUOTATION_STATUSES = [
  'draft',
  'submitted',
  'approved',
  'sent',
  'won',
  'lost',
  'expired',
  'rejected',
  'withdrawn',
  'superseded',
] as const
export type QuotationStatus = (typeof QUOTATION_STATUSES)[number]
export const QUOTATION_REASONS = [
  'price',
  'lead_time',
  'quality',
  'terms',
  'service',
  'competitor',
  'no_need',
  'cannot_make',
  'no_answer',
  'other',
] as const
export type QuotationReason = (typeof QUOTATION_REASONS)[number]

export const TASK_STATUSES = ['open', 'offered', 'accepted', 'in_progress', 'delivered', 'done', 'cancelled'] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]
export type TaskVerb = Schemas['TaskVerb']
export type Task = Schemas['Task']
export type TaskRow = Schemas['TaskRow']
export type TaskState = Schemas['TaskState']
export type TaskColumn = Schemas['TaskColumn']
export type TaskOptions = Schemas['TaskOptions']
export type TaskFigures = Schemas['TaskFigures']
export type TaskStatistics = Schemas['TaskStatistics']
export type Candidate = Schemas['Candidate']
export type Worker = Schemas['Worker']
export type Skill = Schemas['Skill']
export type TaskKind = Schemas['TaskKind']

/** What was read from a message, and what is sent when it is confirmed. */
export type IntakeModel = Schemas['IntakeModel']
export type IntakeReading = Schemas['IntakeReading']
export type IntakeLine = Schemas['IntakeLine']
export type IntakeProductGuess = Schemas['IntakeProductGuess']
export type IntakeConfirmation = Omit<Schemas['IntakeConfirmation'], 'order'> & {
  order: Omit<Partial<OrderInput>, 'lines'> & { lines: Partial<OrderInput['lines'][number]>[] }
}
export type IntakePhrase = Schemas['IntakePhrase']

/** Documents that are made and kept, and the templates they are made from. */
export type DocumentKind = Schemas['DocumentKind']
export type MadeDocument = Schemas['Document']
export type DocumentRow = Schemas['DocumentRow']
export const DOCUMENT_KINDS = [
  'quotation',
  'order_form',
  'order_confirmation',
  'deposit_request',
  'production_order',
  'pick_list',
  'delivery_note',
  'shipping_advice',
  'balance_notice',
  'invoice',
  'statement',
] as const satisfies readonly DocumentKind[]
export type Documents = Schemas['Documents']
export type DocumentTemplateRow = Schemas['DocumentTemplateRow']
export type DocumentTemplates = Schemas['DocumentTemplates']
export type DocumentTemplate = Schemas['DocumentTemplate']
export type DocumentPreview = Schemas['DocumentPreview']
export type Letterhead = Schemas['Letterhead']
