/** What absences ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Absence, Named } from '@/lib/api/types'
import { today } from '@/lib/format'

/** Who may stand in. */
export function useSubstitutes() {
  return useQuery({ queryKey: ['absences', 'substitutes'], queryFn: () => get<Named[]>('/substitutes') })
}

/** Whether it lies ahead, lasts now, or is over. */
export function phaseOf(absence: Pick<Absence, 'from_on' | 'to_on'>, day: string = today()): 'ahead' | 'now' | 'over' {
  if (absence.to_on < day) return 'over'
  return absence.from_on > day ? 'ahead' : 'now'
}
