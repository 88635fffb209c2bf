import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '@/lib/api/problem'
import type { Language } from '@/lib/api/types'
import { browserLanguage, LANGUAGES, type Words } from './words'

interface Opened {
  company: string
  number: string
  language: Language
}

interface Props<Page extends Opened, Said extends Words> {
  words: (language: Language) => Promise<Said>
  open: () => Promise<Page>
  children: (page: Page, words: Said, onPage: (page: Page) => void) => ReactNode
}

/** Opens a link, in the customer's language until another is chosen, and shows what it is for. */
export function Frame<Page extends Opened, Said extends Words>(props: Props<Page, Said>) {
  const { words: wordsOf, open: ask } = props
  const [language, setLanguage] = useState<Language | null>(null)
  const [words, setWords] = useState<Said | null>(null)
  const [page, setPage] = useState<Page | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const begun = useRef(false)

  const open = useCallback(
    async (chosen: Language | null) => {
      try {
        let words = await wordsOf(chosen ?? browserLanguage())
        let opened = await ask()
        const speaks = chosen ?? opened.language
        if (!chosen && speaks !== browserLanguage()) {
          words = await wordsOf(speaks)
          opened = await ask()
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
    [ask, wordsOf],
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
    <div className="sheet answer">
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
        props.children(page, words, setPage)
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
