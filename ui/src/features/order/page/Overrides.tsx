import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { OwedTag } from '@/components/OwedTag'
import type { Order, Override } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'

const BackfillDialog = lazy(() =>
  import('@/components/BackfillDialog').then(module => ({ default: module.BackfillDialog })),
)

/** Gates that somebody let the order pass, and what is owed for it. */
export function Overrides({ order }: { order: Order }) {
  const { t } = useTranslation()
  const [bringing, setBringing] = useState<Override | null>(null)
  const may = useCan('attachment.add')
  if (order.rules.overrides.length === 0) return null
  return (
    <Card title={t('order-step:override.list')} flush>
      <ol className="steps">
        {order.rules.overrides.map(one => (
          <li key={one.id}>
            <OwedTag of={one} />
            <span className="strong grow">{one.said}</span>
            <span className="soft">
              {one.by.name} {formatInstant(one.at)}
            </span>
            {may && (one.owed === 'open' || one.owed === 'late') && (
              <Button size="small" onClick={() => setBringing(one)}>
                {t('common:override.backfill')}
              </Button>
            )}
            <span className="steps-note">
              {one.verb_name}：{one.reason}
              {one.due_at && ` · ${t('common:override.due', { at: formatInstant(one.due_at) })}`}
              {one.backfill_note && ` · ${one.backfilled_by?.name ?? ''} ${one.backfill_note}`}
            </span>
          </li>
        ))}
      </ol>
      <Suspense fallback={null}>
        {bringing && <BackfillDialog override={bringing} onClose={() => setBringing(null)} />}
      </Suspense>
    </Card>
  )
}
