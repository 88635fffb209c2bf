import { useTranslation } from 'react-i18next'
import { ActiveButton } from '@/components/ActiveButton'
import type { Customer } from '@/lib/api/types'

/** Takes a customer out of use, or back into it. */
export function ActivateCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  return (
    <ActiveButton
      noun="customers"
      path={`/customers/${customer.id}`}
      active={customer.active}
      consequence={t('customer:deactivate_consequence')}
      done={t(customer.active ? 'customer:deactivated' : 'customer:activated')}
    />
  )
}
