/** Files and stock with figures a test can foresee, made through the API before the browser is looked at. */
import type { Api } from './api'

/** A credit code that passes its check, and one with the last letter wrong. */
export const CREDIT_CODE = '91350100M000100Y43'
export const WRONG_CREDIT_CODE = '91350100M000100Y44'

interface Saved {
  id: string
  version: number
}

export interface Line {
  code: string
  name: string
  price: string
  quantity: string
}

/** Five lines that come to 50,800.00: above the limit of 50,000.00, so two approvals. */
export const LINES: Line[] = [
  { code: 'T-100', name: '复印纸甲', price: '400.00', quantity: '100' },
  { code: 'T-200', name: '复印纸乙', price: '300.00', quantity: '20' },
  { code: 'T-300', name: '封箱胶带', price: '250.00', quantity: '10' },
  { code: 'T-400', name: '缠绕膜', price: '500.00', quantity: '4' },
  { code: 'T-500', name: '标签纸', price: '10.00', quantity: '30' },
]
export const TOTAL = '50,800.00'
export const DEPOSIT = '15,240.00'
export const BALANCE = '35,560.00'

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day so many days from today, as the company reckons days; the machine may stand in another zone. */
export function ahead(days: number): string {
  return DAY.format(new Date(Date.now() + days * 86_400_000))
}

/** The first warehouse of the demo. */
export async function warehouse(api: Api): Promise<{ id: string; code: string; name: string }> {
  const found = await api.get<{ items: { id: string; code: string; name: string }[] }>('/warehouses?sort=code')
  const first = found.items[0]
  if (!first) throw new Error('the demo has no warehouse')
  return first
}

export async function makeCustomer(admin: Api, code: string, more: Record<string, unknown> = {}): Promise<string> {
  const saved = await admin.post<Saved>('/customers', {
    code,
    name: `${code} 测试商贸有限公司`,
    duplicate_reason: '名称由编号组成',
    short_name: code,
    grade: 'A',
    channel: 'direct',
    category: 'direct',
    settlement: 'deposit_balance',
    terms_days: 30,
    deposit_rate: '30',
    currency: 'CNY',
    language: 'zh-CN',
    tax_inclusive: true,
    credit_limit: null,
    contacts: [{ name: '林小姐', position: '采购', phone: '13900001234', email: '', primary: true }],
    addresses: [
      {
        label: '总仓',
        receiver: '林小姐',
        phone: '13900001234',
        country: '中国',
        province: '江苏省',
        city: '苏州市',
        district: '昆山市',
        street: '花桥镇和丰路 8 号',
        postal_code: '',
        default: true,
      },
    ],
    ...more,
  })
  return saved.id
}

export async function makeProduct(admin: Api, line: Pick<Line, 'code' | 'name' | 'price'>): Promise<string> {
  const saved = await admin.post<Saved>('/products', {
    code: line.code,
    name: line.name,
    spec: '',
    unit: '箱',
    kind: 'standard',
    category: '测试',
    barcode: '',
    tax_category: 'standard',
    tax_rate: '13',
    list_price: line.price,
    lead_days: 3,
    over_tolerance: '0',
    under_tolerance: '0',
    weight_g: 0,
    notes: '',
  })
  return saved.id
}

/** Goods come in at the first warehouse. */
export async function receive(store: Api, lines: OrderLine[]): Promise<void> {
  await store.post('/stock/receive', { warehouse_id: (await warehouse(store)).code, reference: 'E2E', note: '', lines })
}

/** The five products; 60 of the first, plenty of the others. */
export async function makeGoods(admin: Api, store: Api): Promise<void> {
  for (const line of LINES) await makeProduct(admin, line)
  const quantity = (index: number) => (index === 0 ? '60' : '500')
  await receive(
    store,
    LINES.map((line, index) => ({ product_id: line.code, quantity: quantity(index) })),
  )
}

export interface OrderLine {
  product_id: string
  quantity: string
}

/** An order as a program enters it. */
export async function makeOrder(
  api: Api,
  customer: string,
  lines: OrderLine[],
  submit: boolean,
): Promise<{ id: string; number: string; version: number }> {
  return api.post(`/orders${submit ? '?submit=true' : ''}`, {
    customer_id: customer,
    contact_name: '林小姐',
    contact_phone: '13900001234',
    receiver: '林小姐',
    delivery_address: '江苏省苏州市昆山市花桥镇和丰路 8 号',
    ordered_on: ahead(0),
    required_on: ahead(20),
    channel: 'direct',
    category: 'direct',
    settlement: 'deposit_balance',
    deposit_rate: '30',
    tax_inclusive: true,
    warehouse_id: (await warehouse(api)).code,
    lines,
  })
}

/** Submitted, reviewed by customer service, ready for approval. */
export async function makeReviewed(
  people: { sales: Api; service: Api },
  customer: string,
  lines: OrderLine[],
): Promise<{ id: string; number: string }> {
  const made = await makeOrder(people.sales, customer, lines, true)
  const order = await people.service.get<{ checklist: { code: string }[] }>(`/orders/${made.id}`)
  await people.service.post(`/orders/${made.id}/review`, { checklist: order.checklist.map(item => item.code) })
  return made
}
