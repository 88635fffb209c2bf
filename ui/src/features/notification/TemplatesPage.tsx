import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { NotifyTabs } from '@/components/NotifyTabs'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { get, post, put } from '@/lib/api/client'
import type { NotificationTemplate, NotificationTemplates, TemplateLanguages } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import './notification.css'

/** The words of notifications, with what they become beside. */
export function TemplatesPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const found = useQuery({
    queryKey: ['notification-templates'],
    queryFn: () => get<NotificationTemplates>('/notification-templates'),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const { items, places } = found.data
  const template = items.find(item => item.code === url.code) ?? items[0]
  if (!template) return null
  return (
    <div className="page template-page">
      <PageHead title={t('nav:notify_settings')} />
      <NotifyTabs />
      <div className="row">
        <Select
          aria-label={t('notification:template.choose')}
          value={template.code}
          style={{ width: 280 }}
          options={items.map(item => ({ value: item.code, label: item.name }))}
          onChange={code => change({ code })}
        />
        <StateTag tone={template.own ? 'going' : 'idle'}>
          {t(template.own ? 'notification:template.own' : 'notification:template.built_in')}
        </StateTag>
      </div>
      <Editor key={`${template.code}.${template.version}`} template={template} />
      <Card title={t('notification:template.places')}>
        <dl className="template-places">
          {places.map(place => (
            <div key={place.name}>
              <dt className="mono">{`{${place.name}}`}</dt>
              <dd>{place.description}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  )
}

function Editor({ template }: { template: NotificationTemplate }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [words, setWords] = useState<TemplateLanguages>(template.words)
  const [order, setOrder] = useState('')
  const path = `/notification-templates/${template.code}`
  const refresh = () => client.invalidateQueries({ queryKey: ['notification-templates'] })
  const preview = useMutation({
    mutationFn: () => post<TemplateLanguages>(`${path}/preview`, { order, words }),
  })
  const save = useMutation({
    mutationFn: () => put(path, words, { version: template.version }),
    onSuccess: () => {
      void message.success(t('notification:template.saved'))
      void refresh()
    },
  })
  const reset = useMutation({
    mutationFn: () => post(`${path}/reset`),
    onSuccess: () => {
      void message.success(t('notification:template.reset_done'))
      void refresh()
    },
  })
  const error = save.error ?? preview.error ?? reset.error
  return (
    <Card title={template.name}>
      {error && <Alert type="error" showIcon className="gap-below" title={problemText(error)} />}
      <div className="template-cols">
        {LANGUAGES.map(({ code, name }) => {
          const set = (change: Partial<TemplateLanguages['en']>) =>
            setWords(before => ({ ...before, [code]: { ...before[code], ...change } }))
          return (
            <section key={code} aria-label={name}>
              <h3>{name}</h3>
              <Form layout="vertical" component="div">
                <Form.Item label={t('notification:field.title')} htmlFor={`${code}-subject`}>
                  <Input
                    id={`${code}-subject`}
                    maxLength={200}
                    value={words[code].subject}
                    onChange={event => set({ subject: event.target.value })}
                  />
                </Form.Item>
                <Form.Item label={t('notification:field.body')} htmlFor={`${code}-body`}>
                  <Input.TextArea
                    id={`${code}-body`}
                    maxLength={4000}
                    autoSize={{ minRows: 8, maxRows: 16 }}
                    value={words[code].body}
                    onChange={event => set({ body: event.target.value })}
                  />
                </Form.Item>
              </Form>
              {preview.data && (
                <pre className="template-preview">
                  <strong>{preview.data[code].subject}</strong>
                  {preview.data[code].body}
                </pre>
              )}
            </section>
          )
        })}
      </div>
      <footer className="template-foot">
        <Input
          aria-label={t('notification:template.preview_order')}
          placeholder={`${t('notification:template.preview_order')} · ${t('notification:template.preview_hint')}`}
          value={order}
          onChange={event => setOrder(event.target.value)}
        />
        <Button loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('notification:template.preview')}
        </Button>
        <span className="grow" />
        {template.own && (
          <Popconfirm
            title={t('notification:template.reset_consequence')}
            icon={null}
            okText={t('notification:template.reset')}
            cancelText={t('common:back')}
            onConfirm={() => reset.mutate()}
          >
            <Button loading={reset.isPending}>{t('notification:template.reset')}</Button>
          </Popconfirm>
        )}
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('notification:template.save')}
        </Button>
      </footer>
    </Card>
  )
}
