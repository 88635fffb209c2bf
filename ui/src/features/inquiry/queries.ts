/** What the pages of inquiries ask the server, and how they do a step. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Inquiry, InquiryState, InquiryVerb } from '@/lib/api/types'
import { usePost } from '@/lib/step'

export function useInquiry(id: string) {
  return useQuery({
    queryKey: ['inquiries', 'one', id],
    queryFn: () => get<Inquiry>(`/inquiries/${id}`),
    enabled: id !== '',
  })
}

/** Brings everything an inquiry touches up to date. */
export function useRefreshInquiries(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['inquiries', 'quotations', 'orders', 'my-work']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [client])
}

/** A step of an inquiry, told when it is done. */
export function useInquiryStep<Given extends object>(
  inquiry: Pick<Inquiry, 'id' | 'version'>,
  verb: InquiryVerb,
  onDone?: (state: InquiryState) => void,
) {
  const { t } = useTranslation()
  const refresh = useRefreshInquiries()
  return usePost<Given, InquiryState>(`/inquiries/${inquiry.id}/${verb}`, {
    version: () => inquiry.version,
    done: t(`inquiry:did.${verb}`),
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
