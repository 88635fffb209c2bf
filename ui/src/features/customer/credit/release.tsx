import { useQuery } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, numberRule, requiredRule } from '@/components/form/rules'
import { get, post } from '@/lib/api/client'
import type { CreditProposal, Customer, CustomerCredit, Order } from '@/lib/api/types'
import { compare, subtract } from '@/lib/decimal'
import { addDays, formatMoney, today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useRefreshCredit } from './queries'

interface Values {
  amount: string
  order_id: string
  expires_on: string
  reason: string
}

interface Props {
  customer: Customer
  credit: CustomerCredit
  /** Id or number of the order it is asked for; empty for all orders. */
  order: string
  onClose: () => void
}

/** How much the customer is over what it may owe now. */
function overNow(credit: CustomerCredit): string {
  const free = credit.account.free?.amount ?? '0'
  return compare(free, '0') < 0 ? subtract('0', free) : ''
}

/** Lets a customer owe more than its limit for a time; for an order it is filled with what the order lacks. */
export function ReleaseCredit(props: Props) {
  const { order } = props
  const asked = useQuery({
    queryKey: ['orders', 'credit-proposal', order],
    queryFn: () => get<CreditProposal>(`/orders/${order}/credit-proposal`),
    enabled: order !== '',
    retry: false,
  })
  const named = useQuery({
    queryKey: ['orders', 'one', order],
    queryFn: () => get<Order>(`/orders/${order}`),
    enabled: order !== '',
    retry: false,
  })
  if (order !== '' && (asked.isPending || named.isPending)) return null
  return <Dialog {...props} number={named.data?.number ?? order} missing={asked.data?.missing.amount} />
}

function Dialog({ customer, credit, number, missing, onClose }: Props & { number: string; missing?: string }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshCredit()
  const submit = async (values: Values) => {
    await post(`/customers/${customer.id}/release-credit`, { ...values, order_id: values.order_id || null })
    void message.success(t('customer:credit.release.done'))
    refresh()
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('customer:credit.release.title', { name: customer.name })}
      draftKey={null}
      initial={{
        amount: missing && compare(missing, '0') > 0 ? missing : overNow(credit),
        order_id: number,
        expires_on: addDays(today(), 7),
        reason: '',
      }}
      submitLabel={t('customer:credit.release.verb')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="soft">
        {t('customer:credit.release.hint', {
          limit: formatMoney(credit.account.limit),
          used: formatMoney(credit.account.used),
        })}
      </p>
      <Form.Item
        name="amount"
        label={t('customer:credit.release.amount', { currency: customer.currency })}
        rules={[numberRule(t, { required: true, above: '0', digits: 2 })]}
      >
        <DecimalInput />
      </Form.Item>
      <div className="pair">
        <Form.Item name="order_id" label={t('customer:credit.release.order')}>
          <Input maxLength={40} placeholder={t('customer:credit.release.all')} />
        </Form.Item>
        <Form.Item name="expires_on" label={t('customer:credit.release.expires_on')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
