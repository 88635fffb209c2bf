import { useCallback, useEffect, useRef, useState } from 'react'
import { post } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { components } from '@/lib/api/schema'
import type { Language } from '@/lib/api/types'
import { Content } from './Content'
import { browserLanguage, LANGUAGES, type Words, wordsOf } from './words'

export type SigningPage = components['schemas']['SigningPage']

/** Posts to the link; it is signed in by nothing but its token. */
export function answer<T>(token: string, verb: string, body: object = {}): Promise<T> {
  return post<T>(`/public/sign/${encodeURIComponent(token)}/${verb}`, body, { anonymous: true })
}

/** Opens the link, in the customer's language until another is chosen. */
export function SigningApp({ token }: { token: string }) {
  const [language, setLanguage] = useState<Language | null>(null)
  const [words, setWords] = useState<Words | null>(null)
  const [page, setPage] = useState<SigningPage | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const begun = useRef(false)

  const open = useCallback(
    async (chosen: Language | null) => {
      try {
        let words = await wordsOf(chosen ?? browserLanguage())
        let opened = await answer<SigningPage>(token, 'open')
        const speaks = chosen ?? opened.language
        if (!chosen && speaks !== browserLanguage()) {
          words = await wordsOf(speaks)
          opened = await answer<SigningPage>(token, 'open')
        }
        setLanguage(speaks)
        setWords(words)
        setPage(opened)
        setProblem(null)
      } catch (error) {
        setWords(await wordsOf(chosen ?? browserLanguage()))
        setLanguage(chosen ?? browserLanguage())
        setProblem(error instanceof ApiProblem ? error : null)
      }
    },
    [token],
  )
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void open(null)
  }, [open])
  useEffect(() => {
    if (page && words) document.title = `${words.title} ${page.number}`
  }, [page, words])

  if (!words || !language) return <div className="waiting" role="status" aria-label="…" />
  return (
    <div className="sheet">
      <header className="top">
        <div>
          <div className="seller">{page?.company ?? words.title}</div>
          <h1>{words.title}</h1>
        </div>
        <fieldset className="languages">
          <legend className="hidden">{words.language}</legend>
          {LANGUAGES.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === language}
              onClick={() => void open(code)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </header>
      {page ? (
        <Content token={token} page={page} words={words} onPage={setPage} />
      ) : (
        <Refused words={words} problem={problem} onAgain={() => void open(language)} />
      )}
    </div>
  )
}

/** One clear page for whatever is wrong with a link. */
function Refused({ words, problem, onAgain }: { words: Words; problem: ApiProblem | null; onAgain: () => void }) {
  const gone = problem?.status === 404
  return (
    <main className="notice late" role="alert">
      <strong>{gone ? words.refused : words.failed}</strong>
      <p>{problem?.detail || problem?.title || words.offline}</p>
      {!gone && (
        <button type="button" className="plain" onClick={onAgain}>
          {words.again}
        </button>
      )}
    </main>
  )
}
