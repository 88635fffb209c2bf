import type { InquiryVagueWord } from '@/lib/api/types'

/** Raw words with those that are vague marked, each saying why. Places are counted in Unicode characters. */
export function Said({ text, words }: { text: string; words: InquiryVagueWord[] }) {
  const letters = Array.from(text)
  const starts = [0, ...words.map(word => word.end)]
  return (
    <p className="inquiry-said">
      {words.map((word, place) => (
        <span key={word.start}>
          {letters.slice(starts[place], word.start).join('')}
          <mark title={word.why}>
            {letters.slice(word.start, word.end).join('')}
            <span className="inquiry-why"> {word.why}</span>
          </mark>
        </span>
      ))}
      {letters.slice(starts.at(-1)).join('')}
    </p>
  )
}
