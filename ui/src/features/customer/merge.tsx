import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Card } from '@/components/Card'
import { When } from '@/components/When'
import { get } from '@/lib/api/client'
import type { Customer, CustomerMerge } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import type { MergeFormProps } from './MergeForm'

const ChooseOther = lazy(() => import('./ChooseOther'))
const MergeForm = lazy(() => import('./MergeForm'))

/** Makes two files of one customer one; loaded when it is opened. */
export function MergeDialog(props: MergeFormProps) {
  return (
    <Suspense fallback={null}>
      <MergeForm {...props} />
    </Suspense>
  )
}

/** Merges a customer with another one that is chosen first. */
export function MergeWith({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useCan('customer.merge')
  const [open, setOpen] = useState(false)
  const [other, setOther] = useState<string | null>(null)
  if (!may || customer.merged_into) return null
  const close = () => {
    setOpen(false)
    setOther(null)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('customer:merge.with')}</Button>
      {open && !other && (
        <Suspense fallback={null}>
          <ChooseOther onClose={close} onChosen={id => id !== customer.id && setOther(id)} />
        </Suspense>
      )}
      {open && other && (
        <MergeDialog
          one={customer.id}
          other={other}
          onClose={close}
          onDone={into => {
            close()
            if (into !== customer.id) void navigate(`/customers/${into}`)
          }}
        />
      )}
    </>
  )
}

/** Says of a file that it is another one now. */
export function MergedBanner({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const into = customer.merged_into
  if (!into) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t('customer:merge.banner')}{' '}
          <Link to={`/customers/${into.id}`}>
            {into.code} {into.name}
          </Link>
        </>
      }
    />
  )
}

/** The files that were merged into a customer; nothing where there are none. */
export function MergedFiles({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['customers', 'merged', customer],
    queryFn: () => get<CustomerMerge[]>(`/customers/${customer}/merged`),
  })
  if (!found.data?.length) return null
  return (
    <Card title={t('customer:merge.merged')}>
      {found.data.map(file => (
        <div key={file.id} className="row wrap">
          <Link to={`/customers/${file.id}`}>
            {file.code} {file.name}
          </Link>
          <When instant={file.merged_at} />
          <span className="soft">{file.reason}</span>
        </div>
      ))}
    </Card>
  )
}
