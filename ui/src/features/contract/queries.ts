/** What the pages of contracts ask the server, and how they do a step. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Contract, ContractState, ContractVerb } from '@/lib/api/types'
import { usePost } from '@/lib/step'

export function useContract(id: string) {
  return useQuery({
    queryKey: ['contracts', 'one', id],
    queryFn: () => get<Contract>(`/contracts/${id}`),
    enabled: id !== '',
  })
}

/** Brings everything a contract touches up to date. */
export function useRefreshContracts(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const key of ['contracts', 'orders']) void client.invalidateQueries({ queryKey: [key] })
  }, [client])
}

/** A step of a contract, told when it is done. */
export function useContractStep<Given extends object>(
  contract: Pick<Contract, 'id' | 'version'>,
  verb: ContractVerb,
  onDone?: (state: ContractState) => void,
) {
  const { t } = useTranslation()
  const refresh = useRefreshContracts()
  return usePost<Given, ContractState>(`/contracts/${contract.id}/${verb}`, {
    version: () => contract.version,
    done: t(`contract:did.${verb}`),
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
