import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '@/components/Menu'
import { get, post } from '@/lib/api/client'
import type { DemoLogin, Session, SignInInfo } from '@/lib/api/types'
import { chooseLanguage, currentLanguage, LANGUAGES } from '@/lib/i18n'
import { lastCompany, rememberCompany } from '@/lib/last-company'
import { useProblemText } from '@/lib/step'
import SignInForm from './SignInForm'
import './sign-in.css'

/** The way in; a demonstration server also offers its people as cards, one click each. */
export default function SignInPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const { t, i18n } = useTranslation()
  const info = useQuery({
    queryKey: ['sign-in', i18n.language],
    queryFn: () => get<SignInInfo>('/sign-in', undefined, { anonymous: true }),
    placeholderData: keepPreviousData,
  })
  const [company] = useState(() => lastCompany())
  const known = info.data?.companies ?? []
  const enter = (session: Session) => {
    rememberCompany(session.company.code)
    if (session.user.language !== currentLanguage() && !localStorage.getItem('shundan.language')) {
      void chooseLanguage(session.user.language)
    }
    onSignedIn(session)
  }
  if (info.isPending) return null
  return (
    <main className="sign-in">
      <section className="sign-in-box">
        <header className="sign-in-head">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <div>
            <h1>{t('common:product')}</h1>
            <p className="soft">{t('common:slogan')}</p>
          </div>
          <LanguageMenu />
        </header>
        <SignInForm
          company={company ?? known[0]?.code ?? ''}
          autoFocus={company || known[0] ? 'username' : 'company'}
          onSignedIn={enter}
        />
        {info.data?.demo && info.data.demo.length > 0 && (
          <DemoCards company={known[0]?.code ?? company ?? ''} people={info.data.demo} onSignedIn={enter} />
        )}
      </section>
    </main>
  )
}

function LanguageMenu() {
  const { t, i18n } = useTranslation()
  return (
    <Menu
      label={t('nav:language')}
      items={LANGUAGES.map(language => ({
        key: language.code,
        label: language.name,
        selected: language.code === i18n.language,
        onClick: () => void chooseLanguage(language.code),
      }))}
    >
      <button type="button" className="plain-button">
        {LANGUAGES.find(language => language.code === i18n.language)?.name}
      </button>
    </Menu>
  )
}

function DemoCards(props: { company: string; people: DemoLogin[]; onSignedIn: (session: Session) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const signIn = useMutation({
    mutationFn: (person: DemoLogin) =>
      post<Session>(
        '/session',
        { company: props.company, username: person.username, password: person.password },
        { anonymous: true },
      ),
    onSuccess: props.onSignedIn,
  })
  return (
    <section aria-labelledby="demo-title" className="demo">
      <h2 id="demo-title">{t('sign-in:demo.title')}</h2>
      <p className="soft">{t('sign-in:demo.text')}</p>
      {signIn.isError && <Alert type="error" showIcon title={problemText(signIn.error)} />}
      <ul className="demo-cards">
        {props.people.map(person => (
          <li key={person.username}>
            <button
              type="button"
              className="demo-card"
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(person)}
            >
              <span className="avatar" aria-hidden="true">
                {person.name.slice(0, 1)}
              </span>
              <span className="demo-name">{person.role_name}</span>
              <span className="soft">
                {person.name} · {person.username}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
