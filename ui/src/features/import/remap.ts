/** Checks an import again by another mapping, or with orders coming in another way. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { put } from '@/lib/api/client'
import type { Arrival, Import, Mapping } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

export interface Remap {
  /** A mapping, the name of a template, or nothing for the one that fits best. */
  mapping: Mapping | string | null
  as: Arrival | null
}

export function useRemap(id: string) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: ({ mapping, as }: Remap) => put<Import>(`/imports/${id}/mapping`, { mapping, as: as ?? '' }),
    onSuccess: now => {
      client.setQueryData(['imports', 'one', id], now)
      void client.invalidateQueries({ queryKey: ['imports', 'list'] })
      void message.success(t('import:map.applied'))
    },
    onError: error => void message.error(problemText(error), 8),
  })
}
