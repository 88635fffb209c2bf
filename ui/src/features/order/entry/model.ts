/** What is typed at order entry, before the server has it: plain values, changed only by the functions here. */
import type {
  Channel,
  Contract,
  Customer,
  Money,
  Order,
  OrderInput,
  Product,
  SalesCategory,
  Settlement,
} from '@/lib/api/types'
import { type ChargeEntry, chargesOf, sentCharges } from '@/lib/charges'
import { readDecimal, trim } from '@/lib/decimal'
import { today } from '@/lib/format'
import { saidOf } from '@/lib/said'

export interface Chosen {
  id: string
  name: string
  code?: string
}
export interface ChosenProduct {
  id: string
  code: string
  name: string
  spec: string
  unit: string
  /** Further units it is sold in. */
  units?: string[]
  /** Whether something of it is chosen. */
  configurable?: boolean
}

export interface EntryLine {
  key: string
  product: ChosenProduct | null
  /** What was typed to find the product, as long as none is chosen. */
  text: string
  quantity: string
  /** The further unit it is ordered in; empty: the base unit. */
  unit: string
  /** Codes of what is chosen of a configurable product. */
  choices: string[]
  /** Empty: the price of the book. */
  price: string
  /** Why a typed price is off the book or the last one. */
  priceReason: string
  discount: string
  note: string
}

export interface EntryHead {
  customer: Chosen | null
  contact_name: string
  contact_phone: string
  receiver: string
  delivery_address: string
  ordered_on: string
  required_on: string | null
  planned_ship_on: string | null
  expected_on: string | null
  channel: Channel
  category: SalesCategory
  settlement: Settlement
  deposit_rate: string
  tax_inclusive: boolean
  rep: Chosen | null
  warehouse: Chosen | null
  external_number: string
  customer_po: string
  packing: string
  transport: string
  freight: string
  discount: string
  charges: ChargeEntry[]
  /** Ids of promotions that are not wanted. */
  declined_promotions: string[]
  notes: string
  special_requirements: string
  /** Id of the contract it is placed under; empty: none; `null`: what the server proposes. */
  contract: string | null
  /** Why it departs from its contract. */
  contract_reason: string
}

export interface Entry {
  head: EntryHead
  lines: EntryLine[]
  /** Fields of the head the person changed, which a chosen customer no longer fills. */
  touched: string[]
}

let drawn = 0
export function emptyLine(): EntryLine {
  drawn += 1
  return {
    key: `${Date.now().toString(36)}-${drawn}`,
    product: null,
    text: '',
    quantity: '',
    unit: '',
    choices: [],
    price: '',
    priceReason: '',
    discount: '',
    note: '',
  }
}

export function emptyEntry(): Entry {
  return {
    head: {
      customer: null,
      contact_name: '',
      contact_phone: '',
      receiver: '',
      delivery_address: '',
      ordered_on: today(),
      required_on: null,
      planned_ship_on: null,
      expected_on: null,
      channel: 'direct',
      category: 'direct',
      settlement: 'monthly',
      deposit_rate: '0',
      tax_inclusive: true,
      rep: null,
      warehouse: null,
      external_number: '',
      customer_po: '',
      packing: '',
      transport: '',
      freight: '',
      discount: '',
      charges: [],
      declined_promotions: [],
      notes: '',
      special_requirements: '',
      contract: null,
      contract_reason: '',
    },
    lines: [emptyLine()],
    touched: [],
  }
}

export function isBlank(line: EntryLine): boolean {
  return !line.product && line.text.trim() === '' && line.quantity.trim() === '' && line.note.trim() === ''
}

/** The lines that go to the server, in their order; blank ones are only paper. */
export function sentLines(entry: Entry): EntryLine[] {
  return entry.lines.filter(line => !isBlank(line))
}

/** True while a product is still being looked for: too early to find fault with it. */
export function inProgress(line: EntryLine): boolean {
  return !line.product && line.quantity.trim() === ''
}

const decimal = (text: string, otherwise: string) => readDecimal(text) ?? (text.trim() === '' ? otherwise : text)

export function toInput(entry: Entry, lines: EntryLine[] = sentLines(entry)): OrderInput {
  const { customer, rep, warehouse, freight, discount, charges, deposit_rate, contract, ...head } = entry.head
  return {
    ...head,
    customer_id: customer?.id ?? '',
    rep_id: rep?.id ?? null,
    warehouse_id: warehouse?.id ?? '',
    contract_id: contract ?? null,
    freight: decimal(freight, '0'),
    discount: decimal(discount, '0'),
    charges: sentCharges(charges ?? []),
    deposit_rate: decimal(deposit_rate, '0'),
    lines: lines.map(line => ({
      product_id: line.product?.id ?? line.text.trim(),
      quantity: line.unit ? { value: decimal(line.quantity, ''), unit: line.unit } : decimal(line.quantity, ''),
      choices: line.choices ?? [],
      unit_price: line.price.trim() === '' ? null : decimal(line.price, ''),
      price_reason: line.price.trim() === '' ? '' : (line.priceReason ?? '').trim(),
      discount_rate: decimal(line.discount, '0'),
      tax_rate: null,
      note: line.note,
      required_on: null,
    })),
  }
}

const plain = (money: Money): string => (Number(money.amount) === 0 ? '' : money.amount)

/** A stored order as it is edited; prices of the book stay the book's. */
export function fromOrder(order: Order): Entry {
  const { head } = emptyEntry()
  return {
    head: {
      ...head,
      customer: { id: order.customer.id, name: order.customer.name, code: order.customer.code },
      contact_name: order.contact_name,
      contact_phone: order.contact_phone,
      receiver: order.receiver,
      delivery_address: order.delivery_address,
      ordered_on: order.ordered_on,
      required_on: order.required_on,
      planned_ship_on: order.planned_ship_on,
      expected_on: order.expected_on,
      channel: order.channel,
      category: order.category,
      settlement: order.settlement,
      deposit_rate: trim(order.deposit_rate),
      tax_inclusive: order.tax_inclusive,
      rep: order.rep,
      warehouse: order.warehouse,
      external_number: order.external_number,
      customer_po: order.customer_po,
      packing: order.packing,
      transport: order.transport,
      freight: plain(order.freight),
      discount: plain(order.discount),
      charges: chargesOf(order.charges),
      declined_promotions: order.declined_promotions,
      notes: order.notes,
      special_requirements: order.special_requirements,
      contract: order.contract?.id ?? '',
      contract_reason: order.contract?.reason ?? '',
    },
    lines: [...linesOf(order), emptyLine()],
    touched: Object.keys(head),
  }
}

/** The lines of an order as new lines, also to copy them into another one. */
export function linesOf(order: Order): EntryLine[] {
  return order.lines.map(line => {
    const source = line.price_source
    const said = saidOf(line)
    return {
      ...emptyLine(),
      product: {
        id: line.product.id,
        code: line.product.code,
        name: line.name,
        spec: line.spec,
        unit: line.unit,
        units: line.sold ? [line.sold.quantity.unit] : [],
        configurable: line.choices.length > 0,
      },
      quantity: trim(said.quantity.value),
      unit: line.sold?.quantity.unit ?? '',
      choices: line.choices.map(choice => choice.code),
      price: ['manual', 'free', 'quotation', 'none'].includes(source) ? trim(said.unit_price.amount) : '',
      priceReason: line.price_reason,
      discount: Number(line.discount_rate) === 0 ? '' : trim(line.discount_rate),
      note: line.note,
    }
  })
}

/** What a customer brings along: contact, address, terms; fields the person changed stay. */
export function withCustomer(entry: Entry, customer: Customer): Entry {
  const contact = customer.contacts.find(item => item.primary) ?? customer.contacts[0]
  const address = customer.addresses.find(item => item.default) ?? customer.addresses[0]
  const brought: Partial<EntryHead> = {
    contact_name: contact?.name ?? '',
    contact_phone: contact?.phone ?? '',
    receiver: address?.receiver ?? '',
    delivery_address: address ? addressText(address) : '',
    channel: customer.channel,
    category: customer.category,
    settlement: customer.settlement,
    deposit_rate: trim(customer.deposit_rate),
    tax_inclusive: customer.tax_inclusive,
    ...(customer.owner ? { rep: customer.owner } : {}),
  }
  // What was agreed was agreed with somebody else.
  const same = entry.head.customer?.id === customer.id
  const kept = Object.fromEntries(Object.entries(brought).filter(([key]) => !entry.touched.includes(key)))
  return {
    ...entry,
    head: {
      ...entry.head,
      ...kept,
      ...(same ? {} : { contract: null, contract_reason: '' }),
      customer: { id: customer.id, name: customer.name, code: customer.code },
    },
  }
}

export function addressText(address: Customer['addresses'][number]): string {
  return [address.province, address.city, address.district, address.street].filter(Boolean).join('')
}

/** The contract an order is placed under, with its terms where nobody typed others. */
function withContract(entry: Entry, id: string, terms: Contract | null): Entry {
  const brought: Partial<EntryHead> = terms
    ? {
        ...(terms.settlement ? { settlement: terms.settlement } : {}),
        ...(terms.deposit_rate ? { deposit_rate: trim(terms.deposit_rate) } : {}),
        tax_inclusive: terms.tax_inclusive,
      }
    : {}
  const kept = Object.fromEntries(Object.entries(brought).filter(([key]) => !entry.touched.includes(key)))
  return { ...entry, head: { ...entry.head, ...kept, contract: id } }
}

export type EntryChange =
  | { kind: 'all'; entry: Entry }
  | { kind: 'head'; change: Partial<EntryHead> }
  | { kind: 'customer'; customer: Customer }
  | { kind: 'contract'; id: string; terms: Contract | null }
  | { kind: 'line'; key: string; change: Partial<EntryLine> }
  | { kind: 'add'; lines: EntryLine[] }
  | { kind: 'ensure_last' }
  | { kind: 'remove'; key: string }

export function changed(entry: Entry, change: EntryChange): Entry {
  switch (change.kind) {
    case 'all':
      return change.entry
    case 'head':
      return {
        ...entry,
        head: { ...entry.head, ...change.change },
        touched: [...new Set([...entry.touched, ...Object.keys(change.change)])],
      }
    case 'customer':
      return withCustomer(entry, change.customer)
    case 'contract':
      return withContract(entry, change.id, change.terms)
    case 'line':
      return {
        ...entry,
        lines: entry.lines.map(line => (line.key === change.key ? { ...line, ...change.change } : line)),
      }
    case 'add': {
      const used = entry.lines.filter(line => !isBlank(line))
      return { ...entry, lines: [...used, ...change.lines, emptyLine()] }
    }
    case 'ensure_last': {
      const last = entry.lines.at(-1)
      return last && isBlank(last) ? entry : { ...entry, lines: [...entry.lines, emptyLine()] }
    }
    case 'remove': {
      const lines = entry.lines.filter(line => line.key !== change.key)
      return { ...entry, lines: lines.length > 0 ? lines : [emptyLine()] }
    }
  }
}

export function chosenProduct(product: Product): ChosenProduct {
  return {
    id: product.id,
    code: product.code,
    name: product.name,
    spec: product.spec,
    unit: product.unit,
    units: product.units.filter(unit => unit.sold).map(unit => unit.name),
    configurable: product.options.groups.length > 0,
  }
}

/** The unit whose barcode was scanned; empty: the base unit. */
export function scannedUnit(product: Product, text: string): string {
  const digits = text.trim().replace(/^0+/, '')
  return (
    product.units.find(unit => unit.sold && unit.barcode !== '' && unit.barcode.replace(/^0+/, '') === digits)?.name ??
    ''
  )
}

/** True where there is something worth keeping. */
export function hasContent(entry: Entry): boolean {
  return entry.head.customer !== null || sentLines(entry).length > 0
}
