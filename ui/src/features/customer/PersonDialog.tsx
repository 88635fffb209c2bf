/** Personal data of one person of a customer: consents, everything that is kept, and its erasure (PTY-05). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { ErrorState } from '@/components/ErrorState'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { PageSkeleton } from '@/components/PageSkeleton'
import { ReasonDialog } from '@/components/ReasonDialog'
import { StateTag } from '@/components/StateTag'
import { get, post } from '@/lib/api/client'
import type { Consent, Customer, ErasurePreview } from '@/lib/api/types'
import { isoDate } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost } from '@/lib/step'

const PURPOSES = ['orders', 'contact', 'marketing', 'sharing'] as const

interface Props {
  customer: Customer
  name: string
  onClose: () => void
}

export default function PersonDialog({ customer, name, onClose }: Props) {
  const { t } = useTranslation()
  const mayManage = useCan('customer.person')
  const [erasing, setErasing] = useState(false)
  const file = (format: string) =>
    `/api/v1/customers/${customer.id}/person?name=${encodeURIComponent(name)}&format=${format}`
  return (
    <Modal open title={t('person:title', { name })} onCancel={onClose} footer={null} width={640} destroyOnHidden>
      <Consents customer={customer} name={name} />
      {mayManage && (
        <>
          <h3>{t('person:data')}</h3>
          <p className="soft">{t('person:data_hint')}</p>
          <span className="row wrap">
            <Button href={file('html')}>{t('person:export_html')}</Button>
            <Button href={file('json')}>{t('person:export_json')}</Button>
            <Button danger onClick={() => setErasing(true)}>
              {t('person:erase')}
            </Button>
          </span>
        </>
      )}
      {erasing && <Erase customer={customer} name={name} onClose={() => setErasing(false)} onDone={onClose} />}
    </Modal>
  )
}

function Consents({ customer, name }: { customer: Customer; name: string }) {
  const { t } = useTranslation()
  const mayEdit = useCan('customer.edit')
  const [open, setOpen] = useState(false)
  const found = useQuery({
    queryKey: ['customers', 'consents', customer.id],
    queryFn: () => get<Consent[]>(`/customers/${customer.id}/consents`),
  })
  if (found.isPending) return <PageSkeleton lines={3} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const mine = found.data.filter(consent => consent.person === name)
  return (
    <section aria-label={t('person:consents')}>
      <div className="row">
        <h3 className="grow">{t('person:consents')}</h3>
        {mayEdit && (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('person:record')}
          </Button>
        )}
      </div>
      {mine.length === 0 && <p className="soft">{t('person:none')}</p>}
      <ul className="plain-list">
        {mine.map(consent => (
          <li key={consent.id}>
            <div className="row wrap">
              <span className="strong grow">{t(`person:purpose.${consent.purpose}`)}</span>
              {consent.withdrawn_on ? (
                <StateTag tone="late">{t('person:withdrawn_on', { day: consent.withdrawn_on })}</StateTag>
              ) : (
                <StateTag tone="done">{t('person:given_on', { day: consent.given_on })}</StateTag>
              )}
              {mayEdit && !consent.withdrawn_on && <Withdraw customer={customer} consent={consent} />}
            </div>
            <div className="soft">
              {consent.evidence} · {consent.recorded_by.name}
              {consent.withdrawn_note && ` · ${consent.withdrawn_note}`}
            </div>
          </li>
        ))}
      </ul>
      {open && <Record customer={customer} name={name} onClose={() => setOpen(false)} />}
    </section>
  )
}

interface Values {
  purpose?: string
  given_on: string
  evidence: string
}

function Record({ customer, name, onClose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const submit = async (values: Values) => {
    await post(`/customers/${customer.id}/consents`, { ...values, person: name })
    void message.success(t('person:recorded'))
    void client.invalidateQueries({ queryKey: ['customers', 'consents'] })
    onClose()
  }
  return (
    <FormDialog<Values>
      title={t('person:record_title', { name })}
      draftKey={null}
      initial={{ given_on: isoDate(new Date()), evidence: '' }}
      submitLabel={t('person:record')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="purpose" label={t('person:field.purpose')} rules={[chosenRule(t)]}>
        <Select options={PURPOSES.map(value => ({ value, label: t(`person:purpose.${value}`) }))} />
      </Form.Item>
      <Form.Item name="given_on" label={t('person:field.given_on')} rules={[requiredRule(t)]}>
        <DateInput />
      </Form.Item>
      <Form.Item name="evidence" label={t('person:field.evidence')} rules={[requiredRule(t)]}>
        <Input.TextArea rows={2} maxLength={500} placeholder={t('person:evidence_hint')} />
      </Form.Item>
    </FormDialog>
  )
}

function Withdraw({ customer, consent }: { customer: Customer; consent: Consent }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const step = usePost<{ on: string; note: string }, unknown>(
    `/customers/${customer.id}/consents/${consent.id}/withdraw`,
    {
      version: () => consent.version,
      done: t('person:withdrawn'),
      onDone: () => {
        setOpen(false)
        void client.invalidateQueries({ queryKey: ['customers', 'consents'] })
      },
    },
  )
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('person:withdraw')} ${t(`person:purpose.${consent.purpose}`)}`}
      >
        {t('person:withdraw')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('person:withdraw_title', { name: consent.person })}
          confirm={t('person:withdraw')}
          consequences={[t('person:withdraw_consequence', { purpose: t(`person:purpose.${consent.purpose}`) })]}
          label={t('person:field.withdrawn_note')}
          busy={step.isPending}
          onSubmit={note => step.mutate({ on: isoDate(new Date()), note })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function Erase({ customer, name, onClose, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const found = useQuery({
    queryKey: ['customers', 'erasure', customer.id, name],
    queryFn: () => get<ErasurePreview>(`/customers/${customer.id}/person/erasure`, { name }),
    gcTime: 0,
  })
  const step = usePost<{ name: string; reason: string }, unknown>(`/customers/${customer.id}/person/erase`, {
    done: t('person:erased'),
    onDone: () => {
      void client.invalidateQueries({ queryKey: ['customers'] })
      onDone()
    },
  })
  if (!found.data) return null
  const { erased, kept, refusal } = found.data
  if (refusal) {
    return (
      <Modal open title={t('person:erase_title', { name })} onCancel={onClose} footer={null}>
        <Alert type="warning" showIcon title={refusal} />
      </Modal>
    )
  }
  return (
    <ReasonDialog
      danger
      title={t('person:erase_title', { name })}
      confirm={t('person:erase')}
      consequences={[
        ...erased.map(one => t(`person:erases.${one.kind}`, { count: one.count })),
        ...kept.map(one => t(`person:keeps.${one.kind}`, { count: one.count })),
        t('person:for_good'),
      ]}
      label={t('person:erase_reason')}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ name, reason })}
      onClose={onClose}
    />
  )
}
