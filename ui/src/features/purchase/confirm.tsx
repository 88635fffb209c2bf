import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import { isZero } from '@/lib/decimal'
import { formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { type Purchase, type PurchaseState, useRefreshPurchases } from './queries'

interface Values {
  supplier_ref: string
  lines: { confirmed_on: string | null }[]
}

/** What the supplier confirms: its number, and a day for each line that is awaited. */
export default function Confirm({ purchase, onClose }: { purchase: Purchase; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshPurchases()
  const open = purchase.lines.filter(line => !isZero(line.open.value))
  const save = async (values: Values) => {
    const body = { ...values, lines: open.map((line, at) => ({ line_no: line.line_no, ...values.lines[at] })) }
    await post<PurchaseState>(`/purchases/${purchase.id}/confirm`, body, { version: purchase.version })
    refresh()
    void message.success(t('purchase:did.confirm'))
    onClose()
  }
  const lines = open.map(line => ({ confirmed_on: line.confirmed_on ?? line.asked_on }))
  return (
    <FormDialog<Values>
      title={`${t('purchase:verb.confirm')} ${purchase.number}`}
      draftKey={`purchase.confirm.${purchase.id}.${purchase.version}`}
      initial={{ supplier_ref: purchase.supplier_ref, lines }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="supplier_ref" label={t('purchase:field.supplier_ref')}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      {open.map((line, at) => (
        <Form.Item
          key={line.line_no}
          name={['lines', at, 'confirmed_on']}
          label={`${line.line_no} · ${line.product.name}`}
          extra={t('purchase:confirm_hint', { quantity: formatQuantity(line.open), on: line.asked_on })}
          rules={[chosenRule(t)]}
        >
          <DateInput />
        </Form.Item>
      ))}
    </FormDialog>
  )
}
