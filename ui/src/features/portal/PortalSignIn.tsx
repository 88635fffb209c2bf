import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, post } from '@/lib/api/client'
import type { Credentials } from '@/lib/api/types'
import { chooseLanguage, LANGUAGES } from '@/lib/i18n'
import { useProblemText } from '@/lib/step'
import type { PortalSession, PortalSignInPage } from './types'

const COMPANY = 'shundan.portal.company'

/** The way into the portal. */
export default function PortalSignIn({ onSignedIn }: { onSignedIn: (session: PortalSession) => void }) {
  const { t, i18n } = useTranslation()
  const problemText = useProblemText()
  const info = useQuery({
    queryKey: ['portal', 'sign-in', i18n.language],
    queryFn: () => get<PortalSignInPage>('/portal/sign-in', undefined, { anonymous: true }),
  })
  const signIn = useMutation({
    mutationFn: (given: Credentials) => post<PortalSession>('/portal/session', given, { anonymous: true }),
    onSuccess: session => {
      localStorage.setItem(COMPANY, session.company.code)
      onSignedIn(session)
    },
  })
  if (info.isPending) return null
  const companies = info.data?.companies ?? []
  const only = companies.length === 1 ? companies[0] : undefined
  const company = only?.code ?? localStorage.getItem(COMPANY) ?? ''
  const required = [{ required: true, message: t('common:required') }]
  return (
    <main className="portal-door">
      <section className="portal-door-box">
        <header>
          <span className="portal-logo" aria-hidden="true">
            {(only?.name ?? t('portal:title')).slice(0, 1)}
          </span>
          <div>
            <h1>{only?.name ?? t('portal:title')}</h1>
            <p className="soft">{t('portal:sign_in.text')}</p>
          </div>
        </header>
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          initialValues={{ company, username: '', password: '' }}
          onFinish={values => signIn.mutate({ ...values, company: only?.code ?? values.company })}
        >
          {signIn.isError && (
            <Alert type="error" showIcon title={problemText(signIn.error)} className="gap-below" role="alert" />
          )}
          {!only && (
            <Form.Item name="company" label={t('sign-in:company')} rules={required}>
              <Input autoComplete="organization" autoCapitalize="none" />
            </Form.Item>
          )}
          <Form.Item name="username" label={t('sign-in:username')} rules={required}>
            <Input autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="password" label={t('sign-in:password')} rules={required}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('sign-in:submit')}
          </Button>
        </Form>
        {info.data?.demo?.map(person => (
          <Button
            key={person.username}
            block
            className="portal-demo"
            disabled={signIn.isPending}
            onClick={() =>
              signIn.mutate({ company: companies[0]?.code ?? '', username: person.username, password: person.password })
            }
          >
            {t('portal:sign_in.demo', { name: person.name })}
          </Button>
        ))}
        <div className="row wrap portal-languages">
          {LANGUAGES.map(language => (
            <button
              key={language.code}
              type="button"
              className="plain-button"
              aria-pressed={language.code === i18n.language}
              onClick={() => void chooseLanguage(language.code)}
            >
              {language.name}
            </button>
          ))}
        </div>
      </section>
    </main>
  )
}
