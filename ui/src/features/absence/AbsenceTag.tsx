import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Absence, Tone } from '@/lib/api/types'
import { phaseOf } from './absences'

const TONES: Record<ReturnType<typeof phaseOf>, Tone> = { ahead: 'idle', now: 'going', over: 'done' }

export function AbsenceTag({ absence }: { absence: Absence }) {
  const { t } = useTranslation()
  const phase = phaseOf(absence)
  return <StateTag tone={TONES[phase]}>{t(`absence:phase.${phase}`)}</StateTag>
}
