/**
 * What the HTTP API speaks, by hand until the generated schema takes over; every type of the wire is in this one file.
 */

export type Language = 'zh-CN' | 'zh-TW' | 'en'

/** Exact decimal amount of a currency, as text: never a float. */
export interface Money {
  amount: string
  currency: string
}

/** Exact decimal count with its unit of measure. */
export interface Quantity {
  value: string
  unit: string
}

/** What inputs may send in place of {@link Money} or {@link Quantity}. */
export type Decimal = string
/** ISO 8601 date, `2026-11-21`. */
export type IsoDate = string
/** RFC 3339 instant in UTC. */
export type Instant = string
/** Decimal percent, `"13"` is 13 %. */
export type Rate = string

export interface Named {
  id: string
  name: string
}
export interface Coded {
  id: string
  code: string
  name: string
}
export interface Numbered {
  id: string
  number: string
}

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export interface FieldError {
  pointer: string
  code: string
  message: string
}

export interface MissingFact {
  fact: string
  label: string
  current: string | null
  required: string | null
}

/** A rule that must hold before a step, with what is missing and who may override it. */
export interface Gate {
  code: string
  message: string
  missing: MissingFact[]
  override_by: string[]
}

/** RFC 9457 problem document. */
export interface Problem {
  type: string
  title: string
  detail?: string
  status: number
  code?: string
  errors?: FieldError[]
  gates?: Gate[]
}

// ---------------------------------------------------------------- codes

export const ORDER_STATUSES = [
  'draft',
  'submitted',
  'reviewed',
  'approved',
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

export const ATTACHMENT_KINDS = ['proof_of_delivery', 'signed_order', 'contract', 'photo', 'other'] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

/** Currencies offered in choices; the API takes any of ISO 4217. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'JPY', 'GBP', 'AUD', 'CAD', 'SGD', 'KRW'] as const

export const INVOICE_KINDS = ['special', 'ordinary', 'electronic'] as const
export type InvoiceKind = (typeof INVOICE_KINDS)[number]

export const SUPPLY_STATES = ['none', 'short', 'part_reserved', 'reserved', 'ready'] as const
export const FULFILMENT_STATES = ['none', 'part_shipped', 'shipped', 'part_delivered', 'delivered'] as const
export const FINANCE_STATES = ['unbilled', 'part_billed', 'billed', 'part_paid', 'settled'] as const
export const SERVICE_STATES = ['none', 'follow_up_due', 'satisfied', 'dissatisfied', 'waived'] as const

export const TRACKS = ['commercial', 'supply', 'fulfilment', 'finance', 'service'] as const
export type TrackName = (typeof TRACKS)[number]
export type Tone = 'idle' | 'going' | 'risk' | 'late' | 'done'

export type PriceSourceKind = 'list' | 'customer' | 'manual' | 'none'

// ---------------------------------------------------------------- session, company, people

export interface DemoLogin {
  username: string
  password: string
  name: string
  role_name: string
}
export interface SignInInfo {
  companies: { code: string; name: string }[]
  demo: DemoLogin[] | null
}
export interface Credentials {
  company: string
  username: string
  password: string
}
export interface Session {
  user: { id: string; username: string; name: string; language: Language; roles: { code: string; name: string }[] }
  company: { id: string; code: string; name: string; currency: string; time_zone?: string }
  permissions: string[]
  csrf_token: string
}

export interface Company {
  id: string
  version: number
  code: string
  name: string
  currency: string
  tax_rounding: 'line' | 'document'
  approval_limit: Money
  follow_up_days: number
  order_pattern: string
  default_tax_rate: Rate
  time_zone: string
}

/** What saving a master record answers. */
export interface Saved {
  id: string
  version: number
  code: string
}

export interface User {
  id: string
  version: number
  username: string
  name: string
  language: Language
  roles: string[]
  active: boolean
  last_seen_at: Instant | null
}
export interface Role {
  code: string
  version: number
  name: Record<Language, string>
  permissions: string[]
  built_in: boolean
}
export interface Permission {
  code: string
  group: string
  group_name: string
  name: string
}
export interface ApiToken {
  id: string
  name: string
  user: Named
  scopes: string[]
  created_at: Instant
  expires_on: IsoDate | null
  last_used_at: Instant | null
  revoked: boolean
  secret?: string
}
export interface SessionInfo {
  id: string
  created_at: Instant
  expires_at: Instant
  last_seen_at?: Instant | null
  address: string
  agent: string
  current?: boolean
  revoked?: boolean
  user?: Named
}

// ---------------------------------------------------------------- customers, products, prices, stock

export interface Contact {
  name: string
  position: string
  phone: string
  email: string
  primary: boolean
}
export interface Address {
  label: string
  receiver: string
  phone: string
  country: string
  province: string
  city: string
  district: string
  street: string
  postal_code: string
  default: boolean
}
export interface Credit {
  limit: Money | null
  used: Money
  free: Money | null
  /** Only on the page of a customer. */
  open_orders?: Money
  open_invoices?: Money
  unallocated?: Money
}
export interface Customer {
  id: string
  version: number
  code: string
  name: string
  short_name: string
  credit_code: string
  grade: Grade
  channel: Channel
  category: SalesCategory
  settlement: Settlement
  terms_days: number
  deposit_rate: Rate
  credit_limit: Money | null
  currency: string
  language: Language
  tax_inclusive: boolean
  owner: Named | null
  bank: string
  bank_account: string
  invoice_title: string
  invoice_address: string
  notes: string
  active: boolean
  created_at: Instant
  contacts: Contact[]
  addresses: Address[]
  credit?: Credit | null
}

export interface Product {
  id: string
  version: number
  code: string
  name: string
  spec: string
  unit: string
  kind: ProductKind
  category: string
  barcode: string
  tax_category: TaxCategory
  tax_rate: Rate
  list_price: Money | null
  lead_days: number
  over_tolerance: Rate
  under_tolerance: Rate
  weight_g: number
  notes: string
  active: boolean
}
export interface Availability {
  warehouse: Coded
  on_hand: Quantity
  reserved: Quantity
  available: Quantity
}
export interface Price {
  id: string
  version: number
  product: { id: string; code: string; name: string; unit: string }
  customer: Coded | null
  min_quantity: Quantity
  unit_price: Money
  valid_from: IsoDate
  valid_to: IsoDate | null
}
export interface Warehouse {
  id: string
  version: number
  code: string
  name: string
  address: string
  active: boolean
}
export interface StockRow extends Availability {
  product: { id: string; code: string; name: string; spec: string; unit: string }
}
export interface StockMovement {
  id: string
  at: Instant
  by: string
  kind: 'receipt' | 'issue' | 'reserve' | 'release' | 'adjust' | 'opening'
  product: { id: string; code: string; name: string }
  warehouse: Coded
  on_hand_delta: Quantity
  reserved_delta: Quantity
  cause: { kind: string; id: string; number: string } | null
  note: string
}

// ---------------------------------------------------------------- orders

export interface Track {
  state: string
  tone: Tone
  since: Instant | null
  by: string | null
}
export type Tracks = Record<TrackName, Track>

export interface WaitingFor {
  track: TrackName
  /** Code of what is awaited, and the same for people. */
  what: string
  text: string
  /** Code and name of the role it waits for. */
  who: string
  who_name: string
}

/** A step as the server offers it: allowed, or refused with the reason. */
export interface Action {
  verb: string
  name?: string
  allowed: boolean
  needs_reason?: boolean
  code: string | null
  message: string | null
  gates: Gate[]
}

export interface OrderState {
  id: string
  number: string
  version: number
  status: OrderStatus
  held: boolean
  tracks: Tracks
  payable: Money
  paid: Money
  billed: Money
  /** The paper the step made: `shipment`, `invoice`, `payment` or `order`. */
  made: { kind: string; id: string; number: string } | null
}

export interface OrderRow {
  id: string
  version: number
  number: string
  status: OrderStatus
  held: boolean
  customer: { id: string; code: string; name: string; grade: Grade }
  rep: Named | null
  channel: Channel
  payable: Money
  open: Money
  line_count: number
  ordered_on: IsoDate
  required_on: IsoDate | null
  promised_on: IsoDate | null
  created_at: Instant
  tracks: Tracks
  waiting_for: WaitingFor | null
}

export interface OrderLineInput {
  product_id: string
  quantity: Decimal
  unit_price: Decimal | null
  discount_rate: Rate
  tax_rate: Rate | null
  note: string
  required_on: IsoDate | null
}

export interface OrderInput {
  customer_id: string
  contact_name: string
  contact_phone: string
  delivery_address: string
  receiver: string
  ordered_on: IsoDate
  required_on: IsoDate | null
  planned_ship_on: IsoDate | null
  expected_on: IsoDate | null
  channel: Channel
  category: SalesCategory
  settlement: Settlement
  deposit_rate: Rate
  tax_inclusive: boolean
  rep_id: string | null
  warehouse_id: string
  external_number: string
  customer_po: string
  packing: string
  transport: string
  freight: Decimal
  discount: Decimal
  notes: string
  special_requirements: string
  lines: OrderLineInput[]
}

export interface PriceSource {
  kind: PriceSourceKind
  book_price: Money | null
}

export interface OrderLine {
  line_no: number
  product: { id: string; code: string }
  name: string
  spec: string
  unit: string
  quantity: Quantity
  unit_price: Money
  price_source: PriceSourceKind
  book_price: Money | null
  discount_rate: Rate
  tax_rate: Rate
  net: Money
  tax: Money
  gross: Money
  reserved: Quantity
  shipped: Quantity
  delivered: Quantity
  refused: Quantity
  billed: Quantity
  /** May still be shipped, tolerance included. */
  shippable: Quantity
  /** Shipped and not billed. */
  unbilled: Quantity
  /** Free in the order's warehouse. */
  available: Quantity
  required_on: IsoDate | null
  note: string
}

export interface Approval {
  /** Raised by each review; steps of earlier rounds are history. */
  round: number
  step: number
  role: string
  role_name: string
  decision: 'approved' | 'returned' | 'rejected' | null
  by: Named | null
  at: Instant | null
  note: string
}
export interface ChecklistItem {
  code: string
  text: string
  ticked: boolean
}

export interface Attachment {
  id: string
  filename: string
  mime: string
  size: number
  sha256: string
  kind: AttachmentKind
  /** What it belongs to, among the files of an order: `order` or `shipment`. */
  subject_kind?: string
  created_at: Instant
  /** The name alone right after the upload. */
  by: Named | string
}

export interface ShipmentLine {
  line_no: number
  order_line_no?: number
  product: { id: string; code: string }
  name: string
  spec: string
  unit: string
  quantity: Quantity
  accepted: Quantity
  refused: Quantity
}
export interface Shipment {
  id: string
  version: number
  number: string
  status: 'shipped' | 'part_accepted' | 'delivered'
  order: Numbered
  customer: Named
  /** Only on the page of one. */
  warehouse: Coded | null
  shipped_on: IsoDate
  carrier: string
  tracking: string
  delivered_on: IsoDate | null
  signer: string
  note: string
  /** What was written down when it was signed for. */
  delivery_note?: string
  lines: ShipmentLine[]
  attachments: Attachment[]
}

export interface InvoiceLine {
  line_no: number
  order_line_no?: number
  name: string
  spec: string
  unit: string
  quantity: Quantity
  tax_rate: Rate
  net: Money
  tax: Money
  gross: Money
}
export interface Invoice {
  id: string
  version: number
  number: string
  status: 'open' | 'part_paid' | 'paid' | 'void'
  kind: InvoiceKind
  order: Numbered
  customer: Named
  issued_on: IsoDate
  due_on: IsoDate
  net: Money
  tax: Money
  gross: Money
  paid: Money
  open: Money
  freight?: Money
  discount?: Money
  void_reason?: string
  lines: InvoiceLine[]
}

export interface Payment {
  id: string
  version: number
  number: string
  order: Numbered
  customer: Named
  amount: Money
  allocated: Money
  method: PaymentMethod
  paid_on: IsoDate
  reference: string
  note: string
  reversed: boolean
  reverse_reason?: string
}

export interface FollowUp {
  id: string
  due_on: IsoDate
  state: string
  score: number | null
  comment: string
  by: Named | null
  at: Instant | null
  order?: Numbered
  customer?: Named
}

export interface Order {
  id: string
  version: number
  number: string
  status: OrderStatus
  held: boolean
  hold_reason: string
  customer: { id: string; code: string; name: string; grade: Grade; credit: Credit | null }
  contact_name: string
  contact_phone: string
  receiver: string
  delivery_address: string
  ordered_on: IsoDate
  required_on: IsoDate | null
  promised_on: IsoDate | null
  planned_ship_on: IsoDate | null
  expected_on: IsoDate | null
  channel: Channel
  category: SalesCategory
  settlement: Settlement
  deposit_rate: Rate
  tax_inclusive: boolean
  tax_rounding: 'line' | 'document'
  rep: Named | null
  warehouse: Coded | null
  currency: string
  external_number: string
  customer_po: string
  packing: string
  transport: string
  notes: string
  special_requirements: string
  entered_by: Named
  reviewed_by: Named | null
  created_at: Instant
  submitted_at: Instant | null
  effective_at: Instant | null
  closed_at: Instant | null
  goods: Money
  freight: Money
  discount: Money
  net: Money
  tax: Money
  payable: Money
  deposit: Money
  billed: Money
  paid: Money
  open: Money
  /** Payable in capital characters, as Chinese documents write it. */
  payable_capital: string | null
  tracks: Tracks
  actions: Action[]
  waiting_for: WaitingFor | null
  lines: OrderLine[]
  approvals: Approval[]
  checklist: ChecklistItem[]
  shipments: Shipment[]
  invoices: Invoice[]
  payments: Payment[]
  follow_up: FollowUp | null
  attachments: Attachment[]
}

export interface CheckedLine {
  /** Place of the line in what was sent, from 1; lines without a known product are left out. */
  line_no: number
  product: Coded
  spec: string
  unit: string
  unit_price: Money
  price_source: PriceSource
  tax_rate: Rate
  net: Money
  tax: Money
  gross: Money
  available: Quantity
  earliest: IsoDate | null
}
export interface OrderTotals {
  goods: Money
  freight: Money
  discount: Money
  net: Money
  tax: Money
  payable: Money
  deposit?: Money
}
export interface OrderCheck {
  lines: CheckedLine[]
  totals: OrderTotals | null
  errors: FieldError[]
  credit: Credit | null
}

export type OrderCounts = Record<string, number>
export interface OrderSummary {
  count: number
  payable: Money
}

export interface Change {
  field: string
  label: string
  before: string
  after: string
}
export interface OrderEvent {
  position: number
  at: Instant
  kind: string
  by: string
  summary: string
  reason: string
  changes: Change[]
  source: { channel: string; address: string }
}

// ---------------------------------------------------------------- work, insight, search

export interface WorkItem {
  kind: string
  verb: string
  due_at: Instant | null
  order: OrderRow
  reason: string
}
export interface MyWork {
  counts: Record<string, number>
  items: WorkItem[]
}

export interface Dashboard {
  by_status: { status: OrderStatus; count: number; payable: Money }[]
  received: { day: IsoDate; count: number; payable: Money }[]
  waiting: { kind: string; count: number; oldest_at: Instant | null }[]
  overdue: { count: number; amount: Money }
  top_customers: { customer: Coded; count: number; payable: Money }[]
}

export interface SearchResult {
  orders: OrderRow[]
  customers: Coded[]
  products: { id: string; code: string; name: string; spec: string; unit: string }[]
}

// ---------------------------------------------------------------- import, audit

export const IMPORT_NOUNS = ['customers', 'products', 'prices', 'stock', 'orders', 'order_lines'] as const
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
export interface ImportField {
  key: string
  label: string
  takes: string
  required: boolean
  codes: string[]
}
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
export interface ImportCounts {
  new: number
  changed: number
  same: number
  errors: number
}
export interface ImportSheet {
  file: string
  /** Empty for a csv file. */
  sheet: string
  columns: string[]
  rows: number
  sample: string[][]
}
export interface ImportError {
  file: string
  sheet: string
  /** From 1; 0 for the sheet or file as a whole. */
  row: number
  /** Letters of the column; empty for the row as a whole. */
  column: string
  field: string
  value: string
  code: string
  message: string
}
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
