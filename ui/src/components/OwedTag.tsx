import { StateTag } from '@/components/StateTag'
import type { Override, Tone } from '@/lib/api/types'

const TONES: Record<string, Tone> = { nothing: 'idle', open: 'risk', late: 'late', in_time: 'done', too_late: 'late' }

/** What is owed for a gate that somebody let an order pass. */
export function OwedTag({ of }: { of: Pick<Override, 'owed' | 'owed_name'> }) {
  return <StateTag tone={TONES[of.owed] ?? 'idle'}>{of.owed_name}</StateTag>
}
