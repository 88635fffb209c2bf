import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { Conversation } from '@/components/conversation/Conversation'
import { PageSkeleton } from '@/components/PageSkeleton'
import { useOrder } from './queries'

/** What was said between the customer and the company, in all or about one order. */
export default function MessagesPage() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const order = search.get('order')
  return (
    <div className="portal-page portal-messages">
      <h1>{t('portal:nav.messages')}</h1>
      {order ? <AboutOrder id={order} /> : <Talk />}
    </div>
  )
}

function AboutOrder({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useOrder(id)
  if (!found.data) return <PageSkeleton />
  return (
    <>
      <p className="row wrap">
        <Link to={`/portal/orders/${id}`}>{t('message:about', { number: found.data.number })}</Link>
        <Link to="/portal/messages">{t('message:view.all')}</Link>
      </p>
      <Talk order={{ id, number: found.data.number }} />
    </>
  )
}

function Talk({ order }: { order?: { id: string; number: string } }) {
  return (
    <Conversation
      path="/portal/messages"
      side="customer"
      order={order}
      orderPath={id => `/portal/orders/${id}`}
      quotationPath={id => `/portal/quotations/${id}`}
      writes
    />
  )
}
