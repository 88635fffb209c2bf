import { useQueryClient } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '@/components/ReasonDialog'
import type { CustomerGrade } from '@/lib/api/types'
import { useCan, useSession } from '@/lib/session'
import { usePost } from '@/lib/step'

/** Approves or refuses the grade that somebody else proposed; who proposed it takes it back. */
export function Decide({ row }: { row: CustomerGrade }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useCan('customer.grade')
  const me = useSession().session.user.id
  const [open, setOpen] = useState<'approve' | 'refuse' | null>(null)
  const again = () => {
    setOpen(null)
    void client.invalidateQueries({ queryKey: ['customers'] })
    void client.invalidateQueries({ queryKey: ['customer-grades'] })
    void client.invalidateQueries({ queryKey: ['my-work'] })
  }
  const path = `/customers/${row.customer.id}/grade`
  const version = () => row.version
  const approve = usePost<{ note: string }, unknown>(`${path}/approve`, {
    version,
    done: t('grade:approved'),
    onDone: again,
  })
  const refuse = usePost<{ reason: string }, unknown>(`${path}/refuse`, {
    version,
    done: t('grade:refused'),
    onDone: again,
  })
  const proposal = row.proposal
  if (!proposal) return null
  const own = proposal.by.id === me
  if (!may && !own) return null
  const to = { name: row.customer.name, from: row.grade, to: proposal.grade }
  return (
    <span className="row">
      {may && (
        <Tooltip title={own ? t('grade:own') : undefined}>
          <Button type="primary" size="small" disabled={own} onClick={() => setOpen('approve')}>
            {t('grade:approve')}
          </Button>
        </Tooltip>
      )}
      <Button size="small" onClick={() => setOpen('refuse')}>
        {t(own ? 'grade:withdraw' : 'grade:refuse')}
      </Button>
      {open === 'approve' && (
        <ReasonDialog
          title={t('grade:approve_title', to)}
          confirm={t('grade:approve')}
          consequences={[t('grade:approve_consequence', to), t('grade:proposed_because', { reason: proposal.reason })]}
          label={t('grade:note')}
          optional
          busy={approve.isPending}
          onSubmit={note => approve.mutate({ note })}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'refuse' && (
        <ReasonDialog
          title={t(own ? 'grade:withdraw_title' : 'grade:refuse_title', to)}
          confirm={t(own ? 'grade:withdraw' : 'grade:refuse')}
          consequences={[t('grade:refuse_consequence', to)]}
          busy={refuse.isPending}
          onSubmit={reason => refuse.mutate({ reason })}
          onClose={() => setOpen(null)}
        />
      )}
    </span>
  )
}
