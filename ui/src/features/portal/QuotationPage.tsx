import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { currentLanguage } from '@/lib/i18n'
import { OfferContent } from '@/sign/OfferContent'
import { offerWordsOf } from '@/sign/words'
import { useQuotation, useQuotationAnswer } from './queries'
import '@/sign/answer.css'

/** One quotation that the customer was sent: what its link shows, read and answered by who is signed in. */
export default function QuotationPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const language = currentLanguage()
  const found = useQuotation(id)
  const words = useQuery({
    queryKey: ['portal', 'offer-words', language],
    queryFn: () => offerWordsOf(language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { answer, show } = useQuotationAnswer(id)
  const isShown = found.isSuccess
  useEffect(() => {
    // That it was opened is the proof that it was received; where it is not noted, nothing is lost for the customer.
    if (isShown) void answer('open').catch(() => undefined)
  }, [isShown, answer])
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data || !words.data) return <PageSkeleton />
  return (
    <div className="portal-page">
      <Link to="/portal/quotations">{t('portal:quotations.back')}</Link>
      <h1>
        {words.data.title} {found.data.number}
      </h1>
      <div className="answer">
        <OfferContent
          document={`/portal/quotations/${id}/document`}
          answer={answer}
          page={found.data}
          words={words.data}
          onPage={show}
        />
      </div>
    </div>
  )
}
