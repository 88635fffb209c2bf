/** Writes down what the customer chose: the day they were told, what they get for waiting, and what proves it (INV-03). */
import { Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { FileField, fileRule } from '@/features/evidence/add'
import { needsFile } from '@/features/evidence/kinds'
import { post } from '@/lib/api/client'
import type {
  Attachment,
  EvidenceKind,
  OrderShortage,
  ShortageChosen,
  ShortageLine,
  ShortageWay,
} from '@/lib/api/types'
import { formatMoney, formatQuantity } from '@/lib/format'
import { useMessage } from '@/lib/message'
import './shortage.css'

const KINDS: EvidenceKind[] = ['call_note', 'email', 'signed_confirmation', 'scan', 'photo']
const COMPENSATIONS = ['none', 'freight_waived', 'discount'] as const

interface Values {
  promised_on: string
  compensation: (typeof COMPENSATIONS)[number]
  discount: string
  note: string
  evidence: { kind: EvidenceKind; statement: string; given_by: string; attachment_id: string }
}

interface Props {
  page: OrderShortage
  line: ShortageLine
  way: ShortageWay
  onClose: () => void
  onDone: () => void
}

export default function ChooseDialog({ page, line, way, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const message = useMessage()
  const [form] = Form.useForm<Values>()
  const [kind, setKind] = useState<EvidenceKind>('call_note')
  const [compensation, setCompensation] = useState<Values['compensation']>('none')
  const [file, setFile] = useState<Attachment | null>(null)
  const keep = (kept: Attachment | null) => {
    setFile(kept)
    form.setFieldValue(['evidence', 'attachment_id'], kept?.id ?? '')
    if (kept) void form.validateFields([['evidence', 'attachment_id']])
  }
  const submit = async (values: Values) => {
    const done = await post<ShortageChosen>(`/orders/${page.order.id}/shortage/choose`, {
      line_no: line.line_no,
      option: way.option,
      product_id: way.product?.id ?? null,
      warehouse_id: way.warehouse?.id ?? null,
      supplier_id: way.supplier?.id ?? null,
      promised_on: values.promised_on || null,
      compensation: values.compensation,
      discount: values.compensation === 'discount' ? String(values.discount ?? '') : null,
      note: values.note,
      evidence: {
        ...values.evidence,
        attachment_id: (needsFile(values.evidence.kind) && values.evidence.attachment_id) || null,
      },
    })
    const made = [done.change, done.purchase, done.transfer, done.task].filter(Boolean).join(' ')
    void message.success(made ? t('shortage:done_with', { made }) : t('shortage:done'))
    onDone()
  }
  const from = way.product?.name ?? way.warehouse?.name ?? way.supplier?.name
  return (
    <FormDialog<Values>
      title={t('shortage:dialog', { option: t(`shortage:option.${way.option}`), product: line.product.name })}
      draftKey={null}
      width={600}
      form={form}
      initial={{
        promised_on: way.on ?? '',
        compensation: 'none',
        discount: '',
        note: '',
        evidence: { kind: 'call_note', statement: '', given_by: '', attachment_id: '' },
      }}
      submitLabel={t('shortage:submit')}
      onChange={changed => {
        if (changed.evidence?.kind) setKind(changed.evidence.kind)
        if (changed.compensation) setCompensation(changed.compensation)
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t('shortage:dialog_words', { quantity: formatQuantity(way.quantity) })}
        {from && ` · ${from}`}
      </p>
      <p className="soft">{t(`shortage:makes.${way.option}`)}</p>
      <Form.Item name="promised_on" label={t('shortage:field.told_on')} rules={[requiredRule(t)]}>
        <DateInput />
      </Form.Item>
      <Form.Item name="compensation" label={t('shortage:field.compensation')}>
        <Radio.Group
          options={COMPENSATIONS.map(value => ({
            value,
            label:
              value === 'freight_waived'
                ? `${t('shortage:compensation.freight_waived')} ${formatMoney(page.freight)}`
                : t(`shortage:compensation.${value}`),
          }))}
        />
      </Form.Item>
      {compensation === 'discount' && (
        <Form.Item name="discount" label={t('shortage:field.discount')} rules={[requiredRule(t)]}>
          <InputNumber<string> stringMode min="0" precision={2} suffix={page.freight.currency} className="wide" />
        </Form.Item>
      )}
      <Form.Item name={['evidence', 'kind']} label={t('shortage:field.proof')}>
        <Radio.Group options={KINDS.map(value => ({ value, label: t(`evidence:kind.${value}`) }))} />
      </Form.Item>
      {needsFile(kind) && (
        <Form.Item name={['evidence', 'attachment_id']} label={t('evidence:field.file')} rules={[fileRule(t)]}>
          <FileField kind={kind} order={page.order.id} file={file} onKept={keep} />
        </Form.Item>
      )}
      <Form.Item
        name={['evidence', 'statement']}
        label={t(needsFile(kind) ? 'evidence:field.shows' : 'evidence:field.statement')}
        rules={needsFile(kind) ? [] : [requiredRule(t)]}
      >
        <Input.TextArea rows={2} maxLength={4000} />
      </Form.Item>
      <Form.Item name={['evidence', 'given_by']} label={t('shortage:field.given_by')} rules={[requiredRule(t)]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="note" label={t('shortage:field.note')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
