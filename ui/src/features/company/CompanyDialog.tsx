import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { FoundedCompany } from '@/lib/api/types'
import { rememberCompany } from '@/lib/last-company'
import { useSession } from '@/lib/session'

interface Props {
  id: string
  /** The user who can sign in first, where it was just founded. */
  user: string | undefined
  onClose: () => void
}

/** A company of this server, and the way in: by signing in there. */
export default function CompanyDialog({ id, user, onClose }: Props) {
  const { t } = useTranslation()
  const { signOut } = useSession()
  const found = useQuery({ queryKey: ['companies', 'one', id], queryFn: () => get<FoundedCompany>(`/companies/${id}`) })
  const company = found.data
  const enter = () => {
    if (company) rememberCompany(company.code)
    signOut()
  }
  return (
    <Modal
      open
      title={company && user ? t('company:founded.title', { name: company.name }) : (company?.name ?? t('nav:company'))}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('common:close')}
        </Button>,
        <Button
          key="enter"
          type="primary"
          disabled={!company}
          title={t('company:founded.sign_in_hint')}
          onClick={enter}
        >
          {t('company:founded.sign_in')}
        </Button>,
      ]}
    >
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton active />}
      {company && user && <p>{t('company:founded.text', { user, code: company.code })}</p>}
      {company && (
        <Facts
          items={[
            { label: t('company:field.code'), value: company.code },
            { label: t('company:field.currency'), value: company.currency },
            { label: t('company:field.time_zone'), value: company.time_zone },
            { label: t('company:field.created_at'), value: <When instant={company.created_at} exact /> },
          ]}
        />
      )}
    </Modal>
  )
}
