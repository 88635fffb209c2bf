import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import { useProblemText } from '@/lib/step'
import type { PortalSession } from './types'

interface Typed {
  current: string
  new: string
  again: string
}

/** A password that somebody else chose is changed before anything else. */
export default function FirstPassword({ session, onDone }: { session: PortalSession; onDone: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const change = useMutation({
    mutationFn: (typed: Typed) =>
      post<void>('/portal/session/change-password', { current: typed.current, new: typed.new }),
    onSuccess: onDone,
  })
  const wrong = change.error instanceof ApiProblem ? change.error.errors : []
  const help = (pointer: string) => wrong.find(error => error.pointer === pointer)?.message
  const item = (pointer: string) => ({
    help: help(pointer),
    validateStatus: help(pointer) ? ('error' as const) : undefined,
  })
  const required = [{ required: true, message: t('common:required') }]
  return (
    <main className="portal-door">
      <section className="portal-door-box">
        <header>
          <div>
            <h1>{t('portal:first_password.title')}</h1>
            <p className="soft">{t('portal:first_password.text', { name: session.name })}</p>
          </div>
        </header>
        <Form<Typed> layout="vertical" requiredMark={false} onFinish={typed => change.mutate(typed)}>
          {change.isError && wrong.length === 0 && (
            <Alert type="error" showIcon title={problemText(change.error)} className="gap-below" role="alert" />
          )}
          <Form.Item name="current" label={t('portal:first_password.current')} rules={required} {...item('/current')}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="new" label={t('portal:first_password.new')} rules={required} {...item('/new')}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('portal:first_password.again')}
            dependencies={['new']}
            rules={[
              ...required,
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  !value || value === getFieldValue('new')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('portal:first_password.differs'))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={change.isPending}>
            {t('portal:first_password.submit')}
          </Button>
        </Form>
      </section>
    </main>
  )
}
