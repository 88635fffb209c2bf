import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get } from '@/lib/api/client'
import type { Customer, MergePreview } from '@/lib/api/types'
import { formatMoney, formatRate } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { usePost } from '@/lib/step'

export interface MergeFormProps {
  /** Id of one file. */
  one: string
  /** Id of the other one. */
  other: string
  onClose: () => void
  onDone: (into: string) => void
}

type Translate = ReturnType<typeof useTranslation>['t']

/** What a field says in a file, for people. */
function said(t: Translate, file: Customer, field: string): string {
  switch (field) {
    case 'channel':
      return t(`order:channel.${file.channel}`)
    case 'category':
      return t(`order:category.${file.category}`)
    case 'settlement':
      return t(`order:settlement.${file.settlement}`)
    case 'terms_days':
      return t('customer:terms.days', { days: file.terms_days })
    case 'grace_days':
      return t('customer:terms.days', { days: file.grace_days })
    case 'deposit_rate':
      return formatRate(file.deposit_rate)
    case 'credit_limit':
      return file.credit_limit ? formatMoney(file.credit_limit) : t('customer:credit.no_limit')
    case 'language':
      return LANGUAGES.find(item => item.code === file.language)?.name ?? ''
    case 'tax_inclusive':
      return t(file.tax_inclusive ? 'customer:tax.inclusive' : 'customer:tax.exclusive')
    case 'owner_id':
      return file.owner?.name ?? ''
    default:
      return String(file[field as keyof Customer] ?? '')
  }
}

/** Which side is meant as long as nobody has chosen: the file that stays, unless it says nothing. */
function usual(t: Translate, preview: MergePreview, field: string): 'into' | 'from' {
  return said(t, preview.into, field) === '' && said(t, preview.from, field) !== '' ? 'from' : 'into'
}

/** Two files of one customer side by side: which stays, what it takes over, what goes over, why (PTY-03). */
export default function MergeForm({ one, other, onClose, onDone }: MergeFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [swapped, setSwapped] = useState(false)
  const [chosen, setChosen] = useState<Record<string, 'into' | 'from'>>({})
  const [form] = Form.useForm<{ reason: string }>()
  const [into, from] = swapped ? [other, one] : [one, other]
  const found = useQuery({
    queryKey: ['customers', 'merge', into, from],
    queryFn: () => get<MergePreview>(`/customers/${into}/merge/${from}`),
  })
  const preview = found.data
  const side = (field: string) => chosen[field] ?? (preview ? usual(t, preview, field) : 'into')
  const step = usePost<{ take: string[]; reason: string }, unknown>(`/customers/${into}/merge/${from}`, {
    done: t('customer:merge.done'),
    version: () => preview?.into.version,
    onDone: () => {
      void client.invalidateQueries()
      onDone(into)
    },
  })
  const swap = () => {
    setSwapped(!swapped)
    setChosen({})
  }
  return (
    <Modal open title={t('customer:merge.title')} onCancel={onClose} width={760} footer={null} destroyOnHidden>
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {!preview && !found.isError && <PageSkeleton lines={6} />}
      {preview && (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={values => {
            const take = preview.differs.filter(field => side(field) === 'from')
            step.mutate({ take, reason: values.reason.trim() })
          }}
        >
          {preview.refusal && <Alert type="error" showIcon title={preview.refusal} />}
          <table className="merge-table">
            <thead>
              <tr>
                <th scope="col">
                  <Button size="small" onClick={swap}>
                    {t('customer:merge.swap')}
                  </Button>
                </th>
                <th scope="col">
                  <span className="soft">{t('customer:merge.stays')}</span>
                  <span className="strong">
                    {preview.into.code} {preview.into.name}
                  </span>
                </th>
                <th scope="col">
                  <span className="soft">{t('customer:merge.goes')}</span>
                  <span className="strong">
                    {preview.from.code} {preview.from.name}
                  </span>
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.differs.map(field => (
                <tr key={field}>
                  <th scope="row">{t(`customer:field.${field === 'owner_id' ? 'owner' : field}`)}</th>
                  {(['into', 'from'] as const).map(which => (
                    <td key={which}>
                      <Radio
                        name={field}
                        checked={side(field) === which}
                        onChange={() => setChosen({ ...chosen, [field]: which })}
                      >
                        {said(t, preview[which], field) || <span className="soft">{t('customer:merge.nothing')}</span>}
                      </Radio>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <ul className="consequences">
            <li>
              {t('customer:merge.moves')}
              {preview.moves
                .filter(item => item.count > 0)
                .map(item => t(`customer:merge.kind.${item.kind}`, { count: item.count }))
                .join('、') || t('customer:merge.nothing')}
            </li>
            <li>{t('customer:merge.exposure', { amount: formatMoney(preview.exposure) })}</li>
            <li>{t('customer:merge.found', { code: preview.from.code })}</li>
          </ul>
          <Form.Item
            name="reason"
            label={t('common:reason')}
            rules={[{ required: true, whitespace: true, message: t('common:reason_required') }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={onClose}>{t('common:back')}</Button>
            <Button type="primary" danger htmlType="submit" disabled={!!preview.refusal} loading={step.isPending}>
              {t('customer:merge.verb')}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  )
}
