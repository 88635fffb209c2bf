import { ClockCircleOutlined, DeleteOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Card } from '@/components/Card'
import { DateInput } from '@/components/DateInput'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ApiProblem } from '@/lib/api/problem'
import { compare, isZero } from '@/lib/decimal'
import { currencySign, formatDate, formatInstant, formatMoney, formatQuantity, formatUnitPrice } from '@/lib/format'
import { usePost } from '@/lib/step'
import { QuantityStepper } from './QuantityStepper'
import { CART, useCart, useRefresh } from './queries'
import type { CartLine, Cart as CartType, PortalOrderState } from './types'
import { usePut } from './use-put'

/** What is to be ordered, what of it is held until when, and where it is to go. */
export default function CartPage() {
  const { t } = useTranslation()
  const cart = useCart()
  if (cart.isError) return <ErrorState error={cart.error} onRetry={() => void cart.refetch()} />
  if (!cart.data) return <PageSkeleton />
  if (cart.data.lines.length === 0) {
    return (
      <EmptyState
        title={t('portal:cart.empty')}
        text={
          cart.data.hold_minutes > 0
            ? t('portal:cart.empty_text', { count: cart.data.hold_minutes })
            : t('portal:cart.empty_no_hold')
        }
      >
        <Link to="/portal">{t('portal:cart.browse')}</Link>
      </EmptyState>
    )
  }
  return (
    <div className="portal-page">
      <h1>{t('portal:nav.cart')}</h1>
      {cart.data.hold_minutes > 0 && <Held cart={cart.data} refresh={() => void cart.refetch()} />}
      <ul className="portal-list">
        {cart.data.lines.map(line => (
          <Line key={line.product.id} line={line} holds={cart.data.hold_minutes > 0} />
        ))}
      </ul>
      <Checkout cart={cart.data} />
    </div>
  )
}

/** The clock time at which goods are free for others again. */
function clock(instant: string): string {
  return formatInstant(instant).slice(-5)
}

function Held({ cart, refresh }: { cart: CartType; refresh: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const hold = usePost<Record<string, never>, CartType>('/portal/cart/hold', {
    onDone: held => client.setQueryData(CART, held),
  })
  const until = cart.held_until
  useEffect(() => {
    if (!until) return
    const left = Math.max(0, Date.parse(until) - Date.now()) + 5_000
    const timer = setTimeout(refresh, Math.min(left, 2_000_000_000))
    return () => clearTimeout(timer)
  }, [until, refresh])
  return (
    <div className={`portal-held tone-${until ? 'going' : 'risk'}`} role="status">
      <ClockCircleOutlined aria-hidden="true" />
      <span className="grow">
        {until ? t('portal:cart.held_until', { time: clock(until) }) : t('portal:cart.not_held')}
      </span>
      <Button size="small" loading={hold.isPending} onClick={() => hold.mutate({})}>
        {t(until ? 'portal:cart.hold_longer' : 'portal:cart.hold')}
      </Button>
    </div>
  )
}

function Line({ line, holds }: { line: CartLine; holds: boolean }) {
  const { t } = useTranslation()
  const put = usePut()
  const short = holds && compare(line.held.value, line.quantity.value) < 0
  const set = (quantity: string) => put.mutate({ product_id: line.product.id, quantity })
  return (
    <li className="portal-product">
      <div className="grow cut">
        <strong className="portal-product-name">{line.product.name}</strong>
        <div className="soft">{[line.product.code, line.spec].filter(Boolean).join(' · ')}</div>
        <div className="soft">
          {currencySign(line.unit_price.currency)}
          {formatUnitPrice(line.unit_price)} / {line.unit}
        </div>
        {short && (
          <div className="portal-short">
            {isZero(line.held.value)
              ? t('portal:cart.none_held')
              : t('portal:cart.part_held', { held: formatQuantity(line.held) })}
            {line.earliest && ` · ${t('portal:cart.earliest', { date: formatDate(line.earliest) })}`}
          </div>
        )}
      </div>
      <div className="portal-product-buy">
        <strong>{formatMoney(line.gross)}</strong>
        <QuantityStepper
          value={line.quantity.value}
          unit={line.unit}
          name={line.product.name}
          disabled={put.isPending}
          onChange={set}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('portal:remove_of', { name: line.product.name })}
          onClick={() => set('0')}
        >
          {t('portal:remove')}
        </Button>
      </div>
    </li>
  )
}

interface Typed {
  place: number
  receiver: string
  contact_phone: string
  delivery_address: string
  required_on: string | null
  customer_po: string
  notes: string
}

function Checkout({ cart }: { cart: CartType }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [form] = Form.useForm<Typed>()
  const order = usePost<Typed, PortalOrderState>('/portal/orders', {
    body: ({ place: _, ...said }) => said,
    done: t('portal:cart.ordered'),
    quiet: true,
    onDone: made => {
      refresh()
      void navigate(`/portal/orders/${made.id}`)
    },
  })
  const wrong = order.error instanceof ApiProblem ? order.error.errors : []
  const named = ['/receiver', '/contact_phone', '/delivery_address', '/required_on', '/customer_po', '/notes']
  const item = (pointer: string) => {
    const help = wrong.find(error => error.pointer === pointer)?.message
    return { help, validateStatus: help ? ('error' as const) : undefined }
  }
  const others = wrong.filter(error => !named.includes(error.pointer))
  const choose = (place: number) => {
    const address = cart.addresses[place]
    if (!address) return
    form.setFieldsValue({
      receiver: address.receiver,
      contact_phone: address.phone || cart.contact_phone,
      delivery_address: address.address,
    })
  }
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        receiver: cart.receiver,
        contact_phone: cart.contact_phone,
        delivery_address: cart.delivery_address,
        required_on: null,
        customer_po: '',
        notes: '',
      }}
      onFinish={typed => order.mutate(typed)}
    >
      <Card title={t('portal:delivery')}>
        {cart.addresses.length > 1 && (
          <Form.Item label={t('portal:address_on_file')} name="place">
            <Select
              placeholder={t('portal:choose_address')}
              onChange={choose}
              options={cart.addresses.map((address, place) => ({
                value: place,
                label: address.label ? `${address.label} · ${address.address}` : address.address,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item label={t('portal:required_on')} name="required_on" {...item('/required_on')}>
          <DateInput />
        </Form.Item>
        <Form.Item label={t('portal:receiver')} name="receiver" {...item('/receiver')}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item label={t('portal:phone')} name="contact_phone" {...item('/contact_phone')}>
          <Input autoComplete="tel" inputMode="tel" />
        </Form.Item>
        <Form.Item label={t('portal:delivery_address')} name="delivery_address" {...item('/delivery_address')}>
          <Input.TextArea autoSize autoComplete="street-address" />
        </Form.Item>
        <Form.Item label={t('portal:customer_po')} name="customer_po" {...item('/customer_po')}>
          <Input />
        </Form.Item>
        <Form.Item label={t('portal:notes')} name="notes" {...item('/notes')}>
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Card>
      {others.length > 0 && (
        <ul className="portal-wrong" role="alert">
          {others.map(error => (
            <li key={`${error.pointer}${error.code}`}>{error.message}</li>
          ))}
        </ul>
      )}
      <div className="portal-sum">
        <div className="grow">
          <div className="soft">
            {t('portal:tax')} {formatMoney(cart.tax)}
            {!isZero(cart.deposit.amount) && ` · ${t('portal:deposit')} ${formatMoney(cart.deposit)}`}
          </div>
          <strong className="portal-total">{formatMoney(cart.payable)}</strong>
        </div>
        {/* No submit button: Enter in a field must not place an order. */}
        <Button type="primary" size="large" htmlType="button" loading={order.isPending} onClick={() => form.submit()}>
          {t('portal:cart.order')}
        </Button>
      </div>
    </Form>
  )
}
