import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import { When } from '@/components/When'
import type { Customer } from '@/lib/api/types'
import { useCan, useSession } from '@/lib/session'

const VerifyForm = lazy(() => import('./VerifyForm'))

/** Says that nobody has verified a customer yet; nothing where somebody has. */
export function UnverifiedTag({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  if (customer.verified || customer.merged_into) return null
  return <StateTag tone="risk">{t('customer:verify.unverified')}</StateTag>
}

/** Verifies a new customer; refused to who entered it, with the reason. */
export function VerifyCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const may = useCan('customer.verify')
  const me = useSession().session.user.id
  const [open, setOpen] = useState(false)
  if (!may || customer.verified || customer.merged_into) return null
  const own = customer.verification?.entered_by.id === me
  return (
    <>
      <Tooltip title={own ? t('customer:verify.own') : undefined}>
        <Button icon={<SafetyCertificateOutlined />} disabled={own} onClick={() => setOpen(true)}>
          {t('customer:verify.verb')}
        </Button>
      </Tooltip>
      {open && (
        <Suspense fallback={null}>
          <VerifyForm customer={customer} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Who has verified a customer, and when. */
export function VerifiedBy({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const found = customer.verification
  if (!found?.verified_by) return <>{t(customer.verified ? 'customer:verify.before' : 'customer:verify.unverified')}</>
  return (
    <span title={found.note}>
      {found.verified_by.name} <When instant={found.verified_at ?? ''} exact />
    </span>
  )
}
