/** Customers that may be the one being entered, as it is typed, with the reason (PTY-03). */
import { Form, type FormInstance } from 'antd'
import { lazy, Suspense } from 'react'
import { useDebounced } from '@/lib/debounce'
import type { CustomerInput } from './input'
import { useSimilar } from './queries'

const SimilarList = lazy(() => import('./SimilarList'))

interface Props {
  form: FormInstance<CustomerInput>
  /** The customer that is edited. */
  id: string
  /** The name it has; another one is compared anew. */
  oldName: string
}

export function Similar({ form, id, oldName }: Props) {
  const name = (Form.useWatch<string | undefined>('name', form) ?? '').trim()
  const shortName = (Form.useWatch<string | undefined>('short_name', form) ?? '').trim()
  const creditCode = (Form.useWatch<string | undefined>('credit_code', form) ?? '').trim()
  const contacts = Form.useWatch<CustomerInput['contacts'] | undefined>('contacts', form) ?? []
  const phone = contacts.map(contact => contact?.phone ?? '').filter(Boolean)
  const asked = useDebounced(
    JSON.stringify({ name, short_name: shortName, credit_code: creditCode, phone: phone.join(',') }),
    300,
  )
  const similar = useSimilar(JSON.parse(asked) as Record<string, string>, id).data ?? []
  if (similar.length === 0) return null
  return (
    <Suspense fallback={null}>
      <SimilarList form={form} similar={similar} renamed={name !== oldName} />
    </Suspense>
  )
}
