import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import { sureness } from './model'

interface Props {
  confidence: number
  /** A person chose something else. */
  corrected?: boolean
  learned?: boolean
  /** The words it was read from. */
  said?: string
  /** More about it. */
  note?: string
}

/** How sure something is that was read: colour, figure and word, and the words it was read from. */
export function Sure({ confidence, corrected, learned, said, note }: Props) {
  const { t } = useTranslation()
  const { tone, word } = sureness(confidence)
  return (
    <span className="intake-sure">
      {corrected ? (
        <StateTag tone="going">{t('intake:corrected')}</StateTag>
      ) : (
        <StateTag tone={tone}>
          {confidence} · {learned ? t('intake:learned') : t(`intake:sure.${word}`)}
        </StateTag>
      )}
      {note && <span className="soft cut">{note}</span>}
      {said && <span className="soft cut">{t('intake:said', { said })}</span>}
    </span>
  )
}
