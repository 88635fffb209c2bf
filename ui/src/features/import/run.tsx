import { useQueryClient } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/lib/api/types'
import { usePost } from '@/lib/step'

/** Why an import cannot be run, or nothing. */
export function refusalOf(given: Import): 'errors' | 'no_news' | 'before' | null {
  if (given.error_count > 0) return 'errors'
  if (given.before) return 'before'
  return Object.values(given.counts).some(count => count.new + count.changed > 0) ? null : 'no_news'
}

/** Imports everything, or nothing where something goes wrong. */
export function RunImport({ given }: { given: Import }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const step = usePost<object, Import>(`/imports/${given.id}/run`, {
    onDone: now => {
      client.setQueryData(['imports', 'one', given.id], now)
      void client.invalidateQueries({ queryKey: ['imports'] })
    },
    onProblem: () => {
      void client.invalidateQueries({ queryKey: ['imports'] })
      return false
    },
  })
  if (given.state === 'done' || given.state === 'running') return null
  const refusal = refusalOf(given)
  const reason = refusal ? t(`import:say.${refusal}`, { shown: given.error_count }) : ''
  return (
    <Tooltip title={reason}>
      <Button
        type="primary"
        className={refusal ? 'refused' : undefined}
        aria-disabled={refusal !== null}
        loading={step.isPending}
        onClick={() => {
          if (!refusal) step.mutate({})
        }}
      >
        {t(given.state === 'failed' ? 'import:run_again' : 'import:run')}
      </Button>
    </Tooltip>
  )
}
