/** What the pages of quotations ask the server, and how they do a step. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Quotation, QuotationOffers, QuotationState, QuotationVerb } from '@/lib/api/types'
import { usePost } from '@/lib/step'

export function useQuotation(id: string) {
  return useQuery({
    queryKey: ['quotations', 'one', id],
    queryFn: () => get<Quotation>(`/quotations/${id}`),
    enabled: id !== '',
  })
}

export function useOffers(id: string) {
  return useQuery({
    queryKey: ['quotations', 'offers', id],
    queryFn: () => get<QuotationOffers>(`/quotations/${id}/offers`),
  })
}

/** Brings everything a quotation touches up to date. */
export function useRefreshQuotations(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['quotations', 'orders', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

/** A step of a quotation, told when it is done. */
export function useQuotationStep<Given extends object>(
  quotation: Pick<Quotation, 'id' | 'version'>,
  verb: QuotationVerb,
  onDone?: (state: QuotationState) => void,
) {
  const { t } = useTranslation()
  const refresh = useRefreshQuotations()
  return usePost<Given, QuotationState>(`/quotations/${quotation.id}/${verb}`, {
    version: () => quotation.version,
    done: t(`quotation:did.${verb}`),
    onDone: state => {
      refresh()
      onDone?.(state)
    },
    onProblem: () => {
      refresh()
      return false
    },
  })
}
