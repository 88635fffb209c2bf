/** What the pages of agents ask the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get } from '@/lib/api/client'
import type { components } from '@/lib/api/schema'
import type { Page } from '@/lib/api/types'
import { today } from '@/lib/format'

type Schemas = components['schemas']
export type Agent = Schemas['Agent']
export type AgentRow = Schemas['AgentRow']
export type Commission = Schemas['Commission']
export type Agency = Schemas['Agency']
export type OrderAgency = Schemas['OrderAgency']

export const BASES = ['invoiced', 'paid'] as const

/** Lines of a statement that are shown on the page; the file has all of them. */
export const MOST = 200

export function useAgent(id: string, month: string) {
  return useQuery({
    queryKey: ['agents', 'one', id, month],
    queryFn: () => get<Agent>(`/agents/${id}`, { month }),
    placeholderData: previous => (previous?.id === id ? previous : undefined),
  })
}

export function useCommissions(id: string, month: string) {
  return useQuery({
    queryKey: ['agents', 'commissions', id, month],
    queryFn: () => get<Page<Commission>>(`/agents/${id}/commissions`, { month, limit: MOST }),
  })
}

/** Brings everything that shows agents up to date. */
export function useRefreshAgents(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['agents', 'agency']) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

/** This month, as `2026-11`. */
export function thisMonth(): string {
  return today().slice(0, 7)
}

/** The month so many months from another. */
export function otherMonth(month: string, by: number): string {
  const [year = 0, count = 1] = month.split('-').map(Number)
  const all = year * 12 + count - 1 + by
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}
