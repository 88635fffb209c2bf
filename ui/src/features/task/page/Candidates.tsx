import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { StateTag } from '@/components/StateTag'
import type { Candidate, Task } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { useCandidates, useTaskStep } from '../queries'

const PARTS = ['skill', 'load', 'priority', 'place'] as const

/** Who should do it: ranked, each with what speaks for and against. */
export function Candidates({ task }: { task: Task }) {
  const { t } = useTranslation()
  const mayDispatch = useCan('task.dispatch')
  const query = useCandidates(task.id, mayDispatch)
  const offer = useTaskStep<{ user_id: string }>(task.id, 'offer')
  if (!mayDispatch) return null
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const allowed = task.actions.some(action => action.verb === 'offer' && action.allowed)
  const all = query.data ?? []
  return (
    <Card title={t('task:candidates.title')} extra={<Legend />}>
      {query.data && all.length === 0 && <p className="soft task-none">{t('task:candidates.none')}</p>}
      <ol className="plain-list candidates">
        {all.map(one => (
          <li key={one.user.id}>
            <div className="row">
              <span className="strong cut">{one.user.name}</span>
              {!one.fits && <StateTag tone="risk">{t('task:candidates.unfit')}</StateTag>}
              <span className="grow" />
              <span className="strong mono">{one.score}</span>
              {allowed && (
                <Button
                  size="small"
                  type={one === all[0] && one.fits ? 'primary' : 'default'}
                  loading={offer.isPending && offer.variables?.user_id === one.user.id}
                  aria-label={t('task:candidates.offer_to', { name: one.user.name })}
                  onClick={() => offer.mutate({ user_id: one.user.id })}
                >
                  {t('task:verb.offer')}
                </Button>
              )}
            </div>
            <Points candidate={one} />
            <div className="soft candidate-reasons">{one.reasons.join('；')}</div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Points({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation()
  const words = PARTS.map(part => `${t(`task:candidates.${part}`)} ${candidate[part]}`).join('，')
  return (
    <div className="candidate-bar" role="img" aria-label={words} title={words}>
      {PARTS.map(part => (
        <i key={part} className={`part-${part}`} style={{ width: `${candidate[part]}%` }} />
      ))}
    </div>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <span className="row soft candidate-legend">
      {PARTS.map(part => (
        <span key={part}>
          <i className={`part-${part}`} aria-hidden="true" /> {t(`task:candidates.${part}`)}
        </span>
      ))}
    </span>
  )
}
