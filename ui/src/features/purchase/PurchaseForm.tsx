/** A purchase order being written: to whom, where to, and what until when. */
import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { DateInput } from '@/components/DateInput'
import { ErrorState } from '@/components/ErrorState'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { RowsField } from '@/components/form/RowsField'
import { chosenRule, numberRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { post, put } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { useUrlState } from '@/lib/url-state'
import { blankLine, formOf, type LineForm, newPurchase, toSend, type PurchaseForm as Values } from './input'
import { type Purchase, type PurchaseState, usePurchase, useRefreshPurchases } from './queries'

/** A new purchase order, or a draft to be changed. */
export function PurchaseForm() {
  const { id = '' } = useParams()
  const found = usePurchase(id)
  if (id === '') return <Fields purchase={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} purchase={found.data} />
}

function Fields({ purchase }: { purchase: Purchase | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const message = useMessage()
  const refresh = useRefreshPurchases()
  const [url] = useUrlState()
  const label = (name: string) => t(`purchase:field.${name}`)
  const share = [numberRule(t, { min: '0', max: '100', digits: 2 })]
  const save = async (values: Values) => {
    const body = toSend(values)
    const saved = purchase
      ? await put<PurchaseState>(`/purchases/${purchase.id}`, body, { version: purchase.version })
      : await post<PurchaseState>('/purchases', body)
    refresh()
    void message.success(t('purchase:did.edit'))
    void navigate(`/purchases/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<Values>
      title={purchase ? `${t('purchase:verb.edit')} ${purchase.number}` : t('purchase:new')}
      draftKey={`purchase.${purchase ? `${purchase.id}.${purchase.version}` : 'new'}`}
      initial={purchase ? formOf(purchase) : newPurchase(url.supplier ?? null)}
      onSubmit={save}
      onCancel={() => void navigate(purchase ? `/purchases/${purchase.id}` : '/purchases')}
    >
      <FormSection title={t('purchase:section.who')}>
        <Form.Item name="supplier_id" label={label('supplier')} rules={[chosenRule(t)]}>
          <Pick kind="supplier" clearable={false} autoFocus={!purchase} known={purchase?.supplier} />
        </Form.Item>
        <Form.Item name="warehouse_id" label={label('warehouse')}>
          <Pick kind="warehouse" known={purchase?.warehouse} placeholder={t('purchase:first_warehouse')} />
        </Form.Item>
        <Form.Item name="over_tolerance" label={label('over_tolerance')} rules={share}>
          <DecimalInput suffix="%" placeholder={t('purchase:as_supplier')} />
        </Form.Item>
        <Form.Item name="under_tolerance" label={label('under_tolerance')} rules={share}>
          <DecimalInput suffix="%" placeholder={t('purchase:as_supplier')} />
        </Form.Item>
      </FormSection>
      <FormSection title={t('purchase:lines')} flush>
        <p className="soft">{t('purchase:lines_hint')}</p>
        <Lines />
      </FormSection>
      <FormSection title={label('notes')} flush>
        <Form.Item name="notes" label={label('notes')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </FormSection>
    </FormPage>
  )
}

/** Whether a line is rushed, as a field of a row. */
function Rush({ value, onChange, label }: { value?: boolean; onChange?: (on: boolean) => void; label: string }) {
  return (
    <Checkbox checked={value ?? false} onChange={event => onChange?.(event.target.checked)}>
      {label}
    </Checkbox>
  )
}

function Lines() {
  const { t } = useTranslation()
  const label = (name: string) => t(`purchase:field.${name}`)
  return (
    <RowsField<LineForm>
      name="lines"
      label={t('purchase:lines')}
      labelled
      least={1}
      template="repeat(auto-fit, minmax(130px, 1fr))"
      blank={blankLine}
      addLabel={t('purchase:add_line')}
      fields={[
        {
          id: 'product_id',
          label: label('product'),
          span: 2,
          rules: [chosenRule(t)],
          control: <Pick kind="product" clearable={false} />,
        },
        {
          id: 'quantity',
          label: label('quantity'),
          rules: [numberRule(t, { required: true, above: '0', digits: 6 })],
          control: <DecimalInput />,
        },
        {
          id: 'unit_price',
          label: label('unit_price'),
          rules: [numberRule(t, { min: '0', digits: 6 })],
          control: <DecimalInput placeholder={t('purchase:as_supplier')} />,
        },
        { id: 'asked_on', label: label('asked_on'), control: <DateInput /> },
        { id: 'rush', label: label('rush'), control: <Rush label={t('purchase:rush')} /> },
        {
          id: 'order_id',
          label: label('order'),
          control: <Input maxLength={40} placeholder={t('purchase:for_stock')} />,
        },
        { id: 'order_line', label: label('order_line'), control: <WholeInput max={9999} /> },
        { id: 'note', label: label('note'), span: 2, control: <Input maxLength={500} /> },
      ]}
    />
  )
}
