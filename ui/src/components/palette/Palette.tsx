/** Ctrl/⌘ K: orders, customers, products by number, name, pinyin or barcode; pages and the actions of this page. */
import { FileTextOutlined, PlusOutlined, ShoppingOutlined, TeamOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { get } from '@/lib/api/client'
import type { SearchResult } from '@/lib/api/types'
import { useDebounced } from '@/lib/debounce'
import { formatMoney } from '@/lib/format'
import { useCan } from '@/lib/session'
import { iconOf } from '@/nav'
import { useNavigation } from '../shell/navigation'
import { useOfferedCommands } from './commands'
import '../components.css'

interface Item {
  id: string
  icon: ReactNode
  text: string
  side?: string
  run: () => void
}
interface Group {
  label: string
  items: Item[]
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('keys:palette')}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      className="palette"
      destroyOnHidden
      style={{ top: 72 }}
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  )
}

function useFound(text: string): SearchResult | undefined {
  const query = useDebounced(text.trim(), 150)
  const { data } = useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) => get<SearchResult>('/search', { q: query }, { signal }),
    enabled: query.length > 0,
    placeholderData: previous => previous,
  })
  return query ? data : undefined
}

function useGroups(text: string, onClose: () => void): Group[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const pages = useNavigation()
  const commands = useOfferedCommands()
  const mayEnter = useCan('order.create')
  const found = useFound(text)
  return useMemo(() => {
    const wanted = text.trim().toLowerCase()
    const matches = (label: string, words = '') =>
      !wanted || label.toLowerCase().includes(wanted) || words.split(' ').some(word => word.startsWith(wanted))
    const go = (path: string) => () => {
      onClose()
      void navigate(path)
    }
    const actions: Item[] = [
      ...commands
        .filter(command => matches(command.label, command.words))
        .map(command => ({
          id: `c-${command.id}`,
          icon: command.icon ?? <PlusOutlined />,
          text: command.label,
          run: () => {
            onClose()
            command.run()
          },
        })),
      ...(mayEnter && matches(t('order:new'), 'xinjiandingdan xjdd new order')
        ? [{ id: 'new-order', icon: <PlusOutlined />, text: t('order:new'), run: go('/orders/new') }]
        : []),
    ]
    const groups: Group[] = [
      {
        label: t('palette:orders'),
        items: (found?.orders ?? []).map(order => ({
          id: `o-${order.id}`,
          icon: <FileTextOutlined />,
          text: `${order.number || t('order:status.draft')}  ${order.customer?.name ?? ''}`,
          side: `${t(`order:status.${order.status}`)}${order.payable ? `  ${formatMoney(order.payable)}` : ''}`,
          run: go(`/orders/${order.id}`),
        })),
      },
      {
        label: t('palette:customers'),
        items: (found?.customers ?? []).map(customer => ({
          id: `k-${customer.id}`,
          icon: <TeamOutlined />,
          text: customer.name,
          side: customer.code,
          run: go(`/customers/${customer.id}`),
        })),
      },
      {
        label: t('palette:products'),
        items: (found?.products ?? []).map(product => ({
          id: `p-${product.id}`,
          icon: <ShoppingOutlined />,
          text: `${product.name} ${product.spec ?? ''}`,
          side: product.code,
          run: go(`/products/${product.id}`),
        })),
      },
      { label: t('palette:actions'), items: actions },
      {
        label: t('palette:pages'),
        items: pages
          .flatMap(group => group.entries)
          .filter(entry => matches(t(entry.label), entry.words))
          .map(entry => ({ id: entry.path, icon: iconOf(entry), text: t(entry.label), run: go(entry.path) })),
      },
    ]
    return groups.filter(group => group.items.length > 0)
  }, [text, found, commands, pages, mayEnter, navigate, onClose, t])
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const groups = useGroups(text, onClose)
  const items = groups.flatMap(group => group.items)
  const current = Math.min(active, Math.max(0, items.length - 1))
  const move = (by: number) => {
    const next = (current + by + items.length) % Math.max(1, items.length)
    setActive(next)
    document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  let index = -1
  return (
    <>
      <input
        className="palette-input"
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type
        autoFocus
        value={text}
        placeholder={t('palette:placeholder')}
        aria-label={t('palette:placeholder')}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={items.length > 0 ? `palette-${current}` : undefined}
        onChange={event => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter') items[current]?.run()
          else return
          event.preventDefault()
        }}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('palette:results')}>
        {groups.map(group => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div className="palette-group" aria-hidden="true">
              {group.label}
            </div>
            {group.items.map(item => {
              index += 1
              const mine = index
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
                <div
                  key={item.id}
                  id={`palette-${mine}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={mine === current}
                  className="palette-item"
                  onMouseMove={() => setActive(mine)}
                  onClick={item.run}
                >
                  <span aria-hidden="true">{item.icon}</span>
                  <span className="cut grow">{item.text}</span>
                  {item.side && <span className="soft">{item.side}</span>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className="soft" style={{ padding: '0 16px 8px' }}>
          {t('palette:nothing')}
        </p>
      )}
      <div className="palette-foot" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette:move')}
        </span>
        <span>
          <kbd>↵</kbd> {t('palette:open')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('palette:close')}
        </span>
      </div>
    </>
  )
}
