import type { ReactNode } from 'react'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import type { PortalStatus } from './types'

const TONES: Record<PortalStatus, Tone> = {
  waiting: 'going',
  to_sign: 'risk',
  confirmed: 'done',
  completed: 'done',
  rejected: 'late',
  cancelled: 'idle',
}

/** How an order stands. */
export function StatusTag({ status, children }: { status: PortalStatus; children: ReactNode }) {
  return <StateTag tone={TONES[status]}>{children}</StateTag>
}
