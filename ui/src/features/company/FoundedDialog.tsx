import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { rememberCompany } from '@/lib/last-company'
import { useSession } from '@/lib/session'
import type { CompanyInput } from './CompanyForm'

/** Says that the company is there, and offers the way in. */
export default function FoundedDialog({ company, onStay }: { company: CompanyInput; onStay: () => void }) {
  const { t } = useTranslation()
  const { signOut } = useSession()
  const enter = () => {
    rememberCompany(company.code)
    signOut()
  }
  return (
    <Modal
      open
      title={t('company:founded.title', { name: company.name })}
      okText={t('company:founded.sign_in')}
      cancelText={t('company:founded.stay')}
      onOk={enter}
      onCancel={onStay}
    >
      <p>{t('company:founded.text', { user: company.admin.username, code: company.code })}</p>
      <p className="soft">{t('company:founded.sign_in_hint')}</p>
    </Modal>
  )
}
