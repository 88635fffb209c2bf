import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { Customer, CustomerCredit } from '@/lib/api/types'
import { usePost } from '@/lib/step'
import { useRefreshCredit } from './queries'

interface Props {
  customer: Customer
  credit: CustomerCredit
  onClose: () => void
}

/** Blocks a customer, or lets it buy again. */
export function BlockCustomer({ customer, credit, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefreshCredit()
  const verb = credit.block ? 'unblock' : 'block'
  const text = (name: string, values?: Record<string, string>) => t(`customer:credit.${verb}.${name}`, values)
  const step = usePost<{ reason: string }, unknown>(`/customers/${customer.id}/${verb}`, {
    done: text('done'),
    onDone: () => {
      refresh()
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={text('title', { name: customer.name })}
      confirm={text('verb')}
      consequences={[text('consequence')]}
      suggestions={[text('reason_1'), text('reason_2')]}
      danger={verb === 'block'}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason })}
      onClose={onClose}
    />
  )
}
