/** Editing of one entry of the price book in its row: Enter saves, Esc gives up. */
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberProblem } from '@/components/form/rules'
import { put } from '@/lib/api/client'
import { errorsByPointer } from '@/lib/api/problem'
import type { Price } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import { inputOf, type PriceInput } from './input'

export type PriceField = 'min_quantity' | 'unit_price' | 'valid_from' | 'valid_to'

interface Editing {
  /** Id of the entry that is open. */
  id: string | null
  input: PriceInput | null
  errors: Map<string, string>
  busy: boolean
  open: (price: Price) => void
  change: (field: PriceField, value: string | null) => void
  save: (price: Price) => void
  cancel: () => void
}

const EditingContext = createContext<Editing | null>(null)

export function usePriceEditing(): Editing {
  const value = useContext(EditingContext)
  if (!value) throw new Error('usePriceEditing needs a PriceEditing')
  return value
}

interface Props {
  /** The entry that is open; kept by the owner, so that it may live in the address. */
  id: string | null
  onChange: (id: string | null) => void
  children: ReactNode
}

export function PriceEditing({ id, onChange, children }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [draft, setDraft] = useState<{ id: string; input: PriceInput } | null>(null)
  const [own, setOwn] = useState<Map<string, string>>(new Map())
  const { mutate, reset, error, isPending } = useMutation({
    mutationFn: ({ price, input }: { price: Price; input: PriceInput }) =>
      put(`/prices/${price.id}`, input, { version: price.version }),
    onSuccess: async () => {
      void message.success(t('price:saved'))
      await client.invalidateQueries({ queryKey: ['prices'] })
      await client.invalidateQueries({ queryKey: ['products'] })
      onChange(null)
    },
    onError: failure => {
      if (errorsByPointer(failure).size === 0) void message.error(problemText(failure), 6)
    },
  })
  const value = useMemo<Editing>(() => {
    const input = draft && draft.id === id ? draft.input : null
    const errors = new Map([...errorsByPointer(error)].map(([pointer, text]) => [pointer.slice(1), text]))
    for (const [field, text] of own) errors.set(field, text)
    return {
      id,
      input,
      errors,
      busy: isPending,
      open: price => {
        reset()
        setOwn(new Map())
        setDraft({ id: price.id, input: inputOf(price) })
        onChange(price.id)
      },
      change: (field, changed) =>
        setDraft(previous => previous && { ...previous, input: { ...previous.input, [field]: changed } }),
      save: price => {
        const now = input ?? inputOf(price)
        const wrong = new Map<string, string>()
        const quantity = numberProblem(t, now.min_quantity, { min: '0', digits: 6 })
        const unitPrice = numberProblem(t, now.unit_price, { required: true, min: '0', digits: 6 })
        if (quantity) wrong.set('min_quantity', quantity)
        if (unitPrice) wrong.set('unit_price', unitPrice)
        if (now.valid_from && now.valid_to && now.valid_to < now.valid_from)
          wrong.set('valid_to', t('price:check.dates'))
        setOwn(wrong)
        if (wrong.size === 0) mutate({ price, input: { ...now, min_quantity: now.min_quantity ?? '0' } })
      },
      cancel: () => {
        reset()
        setOwn(new Map())
        onChange(null)
      },
    }
  }, [draft, id, error, own, isPending, reset, mutate, onChange, t])
  return <EditingContext value={value}>{children}</EditingContext>
}
