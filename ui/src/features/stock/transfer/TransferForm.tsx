/** Goods that are to go to another warehouse: scanned, typed or pasted (INV-04). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { DateInput } from '@/components/DateInput'
import { ErrorState } from '@/components/ErrorState'
import { FormPage, FormSection } from '@/components/form/FormPage'
import { chosenRule } from '@/components/form/rules'
import { PageSkeleton } from '@/components/PageSkeleton'
import { Pick } from '@/components/Pick'
import { get, post, put } from '@/lib/api/client'
import type { Saved, Transfer } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { atLines } from '../atLines'
import { ReceiptLines } from '../ReceiptLines'
import type { ReceiptLine } from '../receive'
import { ScanField } from '../ScanField'

interface Values {
  from_id: string | null
  to_id: string | null
  expected_on: string | null
  note: string
  lines: ReceiptLine[]
}

const EMPTY: Values = { from_id: null, to_id: null, expected_on: null, note: '', lines: [] }

/** A new transfer, or a draft that is changed. */
export function TransferForm() {
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['transfers', 'one', id],
    queryFn: () => get<Transfer>(`/transfers/${id}`),
    enabled: id !== '',
  })
  if (!id) return <Fields />
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Fields transfer={query.data} />
}

function Fields({ transfer }: { transfer?: Transfer }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const initial: Values = transfer
    ? {
        from_id: transfer.from.id,
        to_id: transfer.to.id,
        expected_on: transfer.expected_on ?? null,
        note: transfer.note,
        lines: transfer.lines.map(({ product, quantity, lot }) => ({
          product_id: product.id,
          code: product.code,
          name: product.name,
          unit: quantity.unit,
          quantity: quantity.value,
          lot,
        })),
      }
    : EMPTY
  const save = async (values: Values) => {
    const lines = values.lines.map(({ product_id, quantity, lot = '' }) => ({ product_id, quantity, lot }))
    const body = { ...values, lines }
    const sent = transfer
      ? put<Saved>(`/transfers/${transfer.id}`, body, { version: transfer.version })
      : post<Saved>('/transfers', body)
    const saved = await sent.catch(error => atLines(error, values.lines))
    await client.invalidateQueries({ queryKey: ['transfers'] })
    void message.success(t('place:saved'))
    void navigate(`/stock/transfers/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<Values>
      title={transfer ? `${t('place:transfer.verb.edit')} ${transfer.number}` : t('place:transfer.new')}
      draftKey={`transfer.${transfer ? `${transfer.id}.${transfer.version}` : 'new'}`}
      initial={initial}
      onSubmit={save}
      onCancel={() => void navigate(transfer ? `/stock/transfers/${transfer.id}` : '/stock/transfers')}
    >
      <FormSection title={t('place:transfer.head')}>
        <Form.Item name="from_id" label={t('place:transfer.from')} rules={[chosenRule(t)]}>
          <Pick kind="warehouse" known={transfer?.from} />
        </Form.Item>
        <Form.Item name="to_id" label={t('place:transfer.to')} rules={[chosenRule(t)]}>
          <Pick kind="warehouse" known={transfer?.to} />
        </Form.Item>
        <Form.Item name="expected_on" label={t('place:transfer.expected_on')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="note" label={t('common:note')} className="double">
          <Input maxLength={200} />
        </Form.Item>
      </FormSection>
      <FormSection title={t('place:transfer.lines')} flush>
        <Form.Item
          name="lines"
          extra={t('place:transfer.lot_hint')}
          rules={[
            {
              validator: (_, lines?: ReceiptLine[]) =>
                lines && lines.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('stock:receive.no_lines'))),
            },
          ]}
        >
          <Lines />
        </Form.Item>
      </FormSection>
    </FormPage>
  )
}

function Lines({ value = [], onChange }: { value?: ReceiptLine[]; onChange?: (lines: ReceiptLine[]) => void }) {
  return (
    <>
      <ScanField lines={value} onChange={lines => onChange?.(lines)} />
      <ReceiptLines lines={value} onChange={lines => onChange?.(lines)} told={['lot']} />
    </>
  )
}
