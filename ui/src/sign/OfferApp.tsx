import { post } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { Language } from '@/lib/api/types'
import { Frame } from './Frame'
import { OfferContent } from './OfferContent'
import { type OfferWords, offerWordsOf } from './words'

export type OfferPage = Omit<components['schemas']['OfferPage'], 'language'> & { language: Language }

/** Posts to the link; it is signed in by nothing but its token. */
function answerOffer(token: string, verb: string, body: object = {}): Promise<OfferPage> {
  return post<OfferPage>(`/public/offer/${encodeURIComponent(token)}/${verb}`, body, { anonymous: true })
}

/** A quotation, to be read, asked about, accepted or declined. */
export function OfferApp({ token }: { token: string }) {
  return (
    <Frame<OfferPage, OfferWords> words={offerWordsOf} open={() => answerOffer(token, 'open')}>
      {(page, words, onPage) => (
        <main>
          <OfferContent
            document={`/public/offer/${encodeURIComponent(token)}/document`}
            answer={(verb, body) => answerOffer(token, verb, body)}
            page={page}
            words={words}
            onPage={onPage}
          />
        </main>
      )}
    </Frame>
  )
}
