import { Button, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { placeErrors } from '@/components/form/placeErrors'
import { PAYMENT_METHODS, type PaymentMethod } from '@/lib/api/types'
import { compare, isZero, readDecimal, subtract } from '@/lib/decimal'
import { currencySign, formatMoney, today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { useOrderStep, type VerbProps } from './step'

interface Payment {
  amount: string
  method: PaymentMethod
  paid_on: string
  exchange_rate?: string
  reference: string
  note: string
}

/** Money that came in; filled with what is open, so that the usual case is one click. */
export function RecordPayment(props: VerbProps) {
  return <MoneyDialog {...props} verb="record-payment" />
}

/** Money that is paid back; filled with what is due. */
export function RecordRefund(props: VerbProps) {
  return <MoneyDialog {...props} verb="record-refund" />
}

function MoneyDialog({ order, onClose, onDone, verb }: VerbProps & { verb: 'record-payment' | 'record-refund' }) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  const [form] = Form.useForm<Payment>()
  const step = useOrderStep<Payment>(order, verb, { quiet: true, onDone })
  const depositOpen = subtract(order.deposit.amount, order.paid.amount)
  const refund = verb === 'record-refund'
  const full = refund ? order.refund_due : order.open
  const offerDeposit = !refund && compare(depositOpen, '0') > 0 && compare(depositOpen, order.open.amount) < 0
  const submit = (values: Payment) =>
    step.mutate(
      { ...values, amount: readDecimal(values.amount) ?? values.amount },
      {
        onError: error => {
          const loose = placeErrors(form, error)
          if (loose.length > 0) void message.error(problemText(error))
        },
      },
    )
  return (
    <Modal
      open
      title={t(`order-step:title.${verb}`, { number: order.number })}
      onCancel={onClose}
      footer={null}
      width={460}
    >
      <Form<Payment>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ amount: full.amount, method: 'bank', paid_on: today(), reference: '', note: '' }}
        onFinish={submit}
      >
        <Form.Item
          name="amount"
          label={t('order-step:payment.amount')}
          rules={[
            {
              validator: (_, value: string) => {
                const amount = readDecimal(value ?? '')
                return amount && !isZero(amount) ? Promise.resolve() : Promise.reject(new Error(t('common:not_number')))
              },
            },
          ]}
          extra={
            <span className="quick-words">
              <button type="button" className="chip" onClick={() => form.setFieldValue('amount', full.amount)}>
                {t(refund ? 'order:pay.refund_full' : 'order:pay.full', { amount: formatMoney(full) })}
              </button>
              {offerDeposit && (
                <button type="button" className="chip" onClick={() => form.setFieldValue('amount', depositOpen)}>
                  {t('order:pay.deposit', { amount: formatMoney({ amount: depositOpen, currency: order.currency }) })}
                </button>
              )}
            </span>
          }
        >
          <Input autoFocus inputMode="decimal" prefix={currencySign(order.currency)} className="num-input" />
        </Form.Item>
        <div className="pair">
          <Form.Item name="method" label={t('order-step:payment.method')}>
            <Select options={PAYMENT_METHODS.map(value => ({ value, label: t(`order:payment_method.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="paid_on"
            label={t('order-step:payment.date')}
            rules={[{ required: true, message: t('common:required') }]}
          >
            <DateInput />
          </Form.Item>
        </div>
        {order.books_payable && (
          <Form.Item
            name="exchange_rate"
            label={t('order-step:payment.exchange_rate', { from: order.currency, to: order.books_payable.currency })}
            extra={t('order-step:payment.exchange_rate_hint')}
          >
            <Input inputMode="decimal" className="num-input" />
          </Form.Item>
        )}
        <Form.Item name="reference" label={t('order-step:payment.reference')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="note" label={t('common:note')}>
          <Input maxLength={200} />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('common:back')}</Button>
          <Button type="primary" htmlType="submit" loading={step.isPending}>
            {t(refund ? 'order:pay.refund_confirm' : 'order:pay.confirm')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
