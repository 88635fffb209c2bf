/** A field that finds customers, products, warehouses or people on the server while one types. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/lib/api/client'
import type { Page } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { PICK_PATHS as PATHS, type Picked, type PickKind, usePickedName } from './picked'

interface Props {
  kind: PickKind
  label?: string
  value?: string | null
  onChange?: (id: string | null, picked: Picked | null) => void
  /** The value's name where it is already known, so that it need not be asked for. */
  known?: Picked | null
  placeholder?: string
  id?: string
  autoFocus?: boolean
  disabled?: boolean
  status?: 'error'
  clearable?: boolean
}

export function Pick(props: Props) {
  const { t } = useTranslation()
  const { kind, value, onChange, known } = props
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const asked = useDebounced(text.trim(), 200)
  const found = useQuery({
    queryKey: [PATHS[kind].slice(1), 'pick', asked],
    queryFn: ({ signal }) => get<Page<Picked>>(PATHS[kind], { q: asked, limit: 20 }, { signal }),
    enabled: open,
    placeholderData: previous => previous,
    retry: false,
  })
  const name = usePickedName(kind, value && !known ? value : '')
  const items = found.data?.items ?? []
  const options = items.map(item => ({
    value: item.id,
    label: item.name,
    side: [item.code ?? item.username, item.spec].filter(Boolean).join(' · '),
  }))
  if (value && !options.some(option => option.value === value)) {
    options.unshift({ value, label: known?.name ?? name, side: known?.code ?? '' })
  }
  // Until the answer to what is typed is there, only what fits it is offered: Enter never takes something else.
  const typed = text.trim().toLowerCase()
  const fits = (option: (typeof options)[number]) => `${option.label} ${option.side}`.toLowerCase().includes(typed)
  const late = text.trim() !== asked || found.isPlaceholderData
  const shown = late && typed ? options.filter(fits) : options
  return (
    <Select
      id={props.id}
      aria-label={props.label}
      autoFocus={props.autoFocus}
      disabled={props.disabled}
      status={props.status}
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear={props.clearable ?? true}
      placeholder={props.placeholder ?? t('common:pick_hint')}
      open={open}
      onOpenChange={setOpen}
      value={value ?? null}
      options={shown}
      notFoundContent={late || found.isFetching ? t('common:loading') : t('common:nothing_found')}
      optionRender={option => (
        <span className="row" style={{ justifyContent: 'space-between' }}>
          <span className="cut">{option.label}</span>
          <span className="soft">{(option.data as { side: string }).side}</span>
        </span>
      )}
      onChange={(id: string | null | undefined) => {
        setText('')
        onChange?.(id ?? null, items.find(item => item.id === id) ?? null)
      }}
    />
  )
}
