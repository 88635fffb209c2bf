import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Session } from '@/lib/api/types'
import SignInForm from './SignInForm'

interface Props {
  company: string
  username: string
  onSignedIn: (session: Session) => void
}

/** The session ended: signs in again over the page as it stands. */
export default function SignInAgainDialog({ company, username, onSignedIn }: Props) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('sign-in:again.title')} footer={null} closable={false} width={380}>
      <p className="soft">{t('sign-in:again.text')}</p>
      <SignInForm company={company} username={username} onSignedIn={onSignedIn} autoFocus="password" />
    </Modal>
  )
}
