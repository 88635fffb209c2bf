/** The contract an order is placed under: proposed where there is just one, with what departs from it and why. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { type Dispatch, useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Contract, ContractRow, OrderContract, Page, ProposedContract } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { ContractDifferences } from '../ContractDifferences'
import type { EntryChange, EntryHead } from './model'

interface Props {
  head: EntryHead
  contract: OrderContract | null
  proposed: ProposedContract | null
  errors: Map<string, string>
  dispatch: Dispatch<EntryChange>
}

export default function ContractField({ head, contract, proposed, errors, dispatch }: Props) {
  const { t } = useTranslation()
  const [field, why] = [useId(), useId()]
  const customer = head.customer?.id ?? ''
  const { data } = useQuery({
    queryKey: ['contracts', 'pick', customer],
    queryFn: () => get<Page<ContractRow>>('/contracts', { customer, status: 'in_force', limit: 50 }),
    enabled: customer !== '',
    retry: false,
  })
  const known = data?.items ?? []
  const take = async (id: string) => {
    const terms = id === '' ? null : await get<Contract>(`/contracts/${id}`).catch(() => null)
    dispatch({ kind: 'contract', id, terms })
  }
  const waiting = head.contract === null ? (proposed?.id ?? null) : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once for each proposal
  useEffect(() => {
    if (waiting) void take(waiting)
  }, [waiting])
  const shown = contract && contract.id === head.contract ? contract : null
  if (known.length === 0 && !shown && !head.contract) return null
  const options = known.map(row => ({ value: row.id, label: `${row.number} ${row.title}` }))
  if (shown && !options.some(option => option.value === shown.id)) {
    options.push({ value: shown.id, label: `${shown.number} ${shown.title}` })
  }
  const wrong = errors.get('contract_id')
  return (
    <>
      <div className={`head-field wide${wrong ? ' wrong' : ''}`} data-field="contract">
        <label htmlFor={field}>{t('order:field.contract')}</label>
        <Select
          id={field}
          value={head.contract ?? ''}
          options={[{ value: '', label: t('order:contract.none') }, ...options]}
          onChange={id => void take(id)}
        />
        {wrong && <span className="ink-late">{wrong}</span>}
        {shown && shown.remaining.length > 0 && (
          <span className="soft">
            {shown.remaining
              .map(one => t('order:contract.remaining', { name: one.name, quantity: formatQuantity(one.remaining) }))
              .join('、')}
          </span>
        )}
      </div>
      {shown && shown.differences.length > 0 && (
        <div className={`head-field wide${errors.has('contract_reason') ? ' wrong' : ''}`} data-field="contract_reason">
          <ContractDifferences contract={shown} />
          <label htmlFor={why}>{t('order:field.contract_reason')}</label>
          <Input
            id={why}
            maxLength={500}
            value={head.contract_reason}
            onChange={event => dispatch({ kind: 'head', change: { contract_reason: event.target.value } })}
          />
          {errors.has('contract_reason') && <span className="ink-late">{errors.get('contract_reason')}</span>}
        </div>
      )}
    </>
  )
}
