import {
  CheckCircleFilled,
  EditOutlined,
  EyeOutlined,
  LockFilled,
  PauseCircleFilled,
  PlayCircleFilled,
  SignatureOutlined,
  SolutionOutlined,
  StopOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderStatus, Tone } from '@/lib/api/types'
import { StateTag } from './StateTag'

const LOOK: Record<OrderStatus, { tone: Tone; icon: ReactNode }> = {
  draft: { tone: 'idle', icon: <EditOutlined /> },
  submitted: { tone: 'going', icon: <EyeOutlined /> },
  reviewed: { tone: 'going', icon: <SolutionOutlined /> },
  approved: { tone: 'going', icon: <CheckCircleFilled /> },
  awaiting_signature: { tone: 'going', icon: <SignatureOutlined /> },
  effective: { tone: 'going', icon: <PlayCircleFilled /> },
  closed: { tone: 'done', icon: <LockFilled /> },
  rejected: { tone: 'late', icon: <StopOutlined /> },
  void: { tone: 'idle', icon: <StopOutlined /> },
  cancelled: { tone: 'idle', icon: <StopOutlined /> },
}

/** The commercial state; `brief` shows the hold in its place. */
export function OrderStatusTag({ status, held, brief }: { status: OrderStatus; held?: boolean; brief?: boolean }) {
  const { t } = useTranslation()
  const look = LOOK[status] ?? LOOK.draft
  return (
    <>
      {!(brief && held) && (
        <StateTag tone={look.tone} icon={look.icon}>
          {t(`order:status.${status}`)}
        </StateTag>
      )}
      {held && (
        <StateTag tone="late" icon={<PauseCircleFilled />}>
          {t('order:held')}
        </StateTag>
      )}
    </>
  )
}
