import { Tooltip } from 'antd'
import { formatInstant, formatRelative } from '@/lib/format'

/** How long ago, with the exact time on hover; `exact` shows the time itself. */
export function When({ instant, exact }: { instant: string | null | undefined; exact?: boolean }) {
  if (!instant) return <span className="soft">–</span>
  if (exact) return <time dateTime={instant}>{formatInstant(instant)}</time>
  return (
    <Tooltip title={formatInstant(instant)}>
      <time dateTime={instant}>{formatRelative(instant)}</time>
    </Tooltip>
  )
}
