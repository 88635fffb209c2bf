import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttachmentUpload } from '@/components/Attachments'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { get, put } from '@/lib/api/client'
import { errorsByPointer } from '@/lib/api/problem'
import type { Letterhead } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

const FIELDS = [
  'name',
  'name_en',
  'address',
  'address_en',
  'phone',
  'fax',
  'email',
  'website',
  'credit_code',
  'bank',
  'bank_account',
] as const

const KEY = ['letterhead']

/** What every document says about the company. */
export function LetterheadCard() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: KEY, queryFn: () => get<Letterhead>('/letterhead') })
  return (
    <Card title={t('document:letterhead.title')}>
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <PageSkeleton lines={4} />}
      {found.data && <LetterheadForm key={found.data.version} letterhead={found.data} />}
    </Card>
  )
}

function LetterheadForm({ letterhead }: { letterhead: Letterhead }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [values, setValues] = useState(() => Object.fromEntries(FIELDS.map(field => [field, letterhead[field]])))
  const [pictures, setPictures] = useState<{ logo_id?: string; seal_id?: string }>({})
  const save = useMutation({
    mutationFn: () => put('/letterhead', { ...values, ...pictures }, { version: letterhead.version }),
    onSuccess: () => {
      void message.success(t('document:letterhead.saved'))
      void client.invalidateQueries({ queryKey: KEY })
    },
    onError: error => void message.error(problemText(error), 6),
  })
  const errors = errorsByPointer(save.error)
  const picture = (id: 'logo_id' | 'seal_id', has: boolean) => {
    const state = pictures[id]
    const there = state === undefined ? has : state !== ''
    return (
      <span className="row">
        <span className="soft">{t(there ? 'document:letterhead.there' : 'document:letterhead.none')}</span>
        <AttachmentUpload
          kind="other"
          label={t(`document:letterhead.${id}`)}
          onUploaded={file => setPictures(before => ({ ...before, [id]: file.id }))}
        />
        {there && (
          <Button type="text" onClick={() => setPictures(before => ({ ...before, [id]: '' }))}>
            {t('common:remove')}
          </Button>
        )}
      </span>
    )
  }
  return (
    <Form layout="vertical" component="div">
      <div className="document-grid">
        {FIELDS.map(field => (
          <Form.Item
            key={field}
            label={t(`document:letterhead.${field}`)}
            htmlFor={`letterhead-${field}`}
            validateStatus={errors.has(`/${field}`) ? 'error' : undefined}
            help={errors.get(`/${field}`)}
          >
            <Input
              id={`letterhead-${field}`}
              value={values[field]}
              placeholder={field === 'name' ? letterhead.company_name : undefined}
              onChange={event => setValues(before => ({ ...before, [field]: event.target.value }))}
            />
          </Form.Item>
        ))}
        <Form.Item label={t('document:letterhead.logo')}>{picture('logo_id', letterhead.has_logo)}</Form.Item>
        <Form.Item label={t('document:letterhead.seal')}>{picture('seal_id', letterhead.has_seal)}</Form.Item>
      </div>
      <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
        {t('common:save')}
      </Button>
    </Form>
  )
}
