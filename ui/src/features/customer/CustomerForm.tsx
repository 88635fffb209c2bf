import { useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { FormPage } from '@/components/form/FormPage'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post, put } from '@/lib/api/client'
import type { Customer, Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { CustomerFields } from './CustomerFields'
import { type CustomerInput, inputOf, newCustomer, toSend } from './input'
import { useCustomer } from './queries'

/** A new customer, or an existing one to be changed. */
export function CustomerForm() {
  const { id = '' } = useParams()
  const found = useCustomer(id)
  if (id === '') return <Fields customer={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} customer={found.data} />
}

function Fields({ customer }: { customer: Customer | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const { session, can } = useSession()
  const [form] = Form.useForm<CustomerInput>()
  const isRep = session.user.roles.some(role => role.code === 'sales_rep')
  const me = { id: session.user.id, name: session.user.name }
  const initial = customer
    ? inputOf(customer)
    : newCustomer(session.company.currency, session.user.language, isRep ? me.id : null, can('credit.edit'))
  const save = async (values: CustomerInput) => {
    const body = toSend(values)
    const saved = customer
      ? await put<Saved>(`/customers/${customer.id}`, body, { version: customer.version })
      : await post<Saved>('/customers', body)
    await client.invalidateQueries({ queryKey: ['customers'] })
    void message.success(t(customer ? 'customer:saved' : 'customer:created'))
    void navigate(`/customers/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<CustomerInput>
      title={customer ? `${t('customer:edit')} ${customer.name}` : t('customer:new')}
      draftKey={`customer.${customer ? `${customer.id}.${customer.version}` : 'new'}`}
      form={form}
      initial={initial}
      onSubmit={save}
      onCancel={() => void navigate(customer ? `/customers/${customer.id}` : '/customers')}
    >
      <CustomerFields
        form={form}
        id={customer?.id ?? ''}
        oldName={customer?.name ?? ''}
        owner={customer?.owner ?? (isRep ? me : null)}
      />
    </FormPage>
  )
}
