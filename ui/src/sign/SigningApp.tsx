import { post } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import { Content } from './Content'
import { Frame } from './Frame'
import { type Words, wordsOf } from './words'

export type SigningPage = components['schemas']['SigningPage']

/** Posts to the link; it is signed in by nothing but its token. */
export function answer<T>(token: string, verb: string, body: object = {}): Promise<T> {
  return post<T>(`/public/sign/${encodeURIComponent(token)}/${verb}`, body, { anonymous: true })
}

/** The confirmation of an order, to be read and signed. */
export function SigningApp({ token }: { token: string }) {
  return (
    <Frame<SigningPage, Words> words={wordsOf} open={() => answer<SigningPage>(token, 'open')}>
      {(page, words, onPage) => <Content token={token} page={page} words={words} onPage={onPage} />}
    </Frame>
  )
}
