import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Tone } from '@/lib/api/types'
import './components.css'

export const TONE_ICONS: Record<Tone, ReactNode> = {
  idle: <MinusCircleOutlined />,
  going: <ClockCircleFilled />,
  risk: <ExclamationCircleFilled />,
  late: <CloseCircleFilled />,
  done: <CheckCircleFilled />,
}

/** State as colour and icon and word, the same everywhere: grey not started, blue going, amber at risk, red late or blocked, green done. */
export function StateTag({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`state tone-${tone}`}>
      <span aria-hidden="true">{icon ?? TONE_ICONS[tone]}</span>
      {children}
    </span>
  )
}
