import { useTranslation } from 'react-i18next'
import './components.css'

interface Tab {
  value: string
  label: string
  count?: number
}

/** Tabs over the parts of a page. */
export function Tabs(props: { label: string; tabs: Tab[]; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const { tabs, value, onChange } = props
  const move = (by: number) => {
    const index = tabs.findIndex(tab => tab.value === value)
    const next = tabs[(index + by + tabs.length) % tabs.length]
    if (!next) return
    onChange(next.value)
    document.getElementById(`tab-${next.value}`)?.focus()
  }
  return (
    <div
      role="tablist"
      aria-label={props.label}
      className="tabs no-print"
      onKeyDown={event => {
        if (event.key === 'ArrowRight') move(1)
        else if (event.key === 'ArrowLeft') move(-1)
      }}
    >
      {tabs.map(tab => (
        <button
          key={tab.value}
          id={`tab-${tab.value}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab.value === value}
          aria-controls="tab-panel"
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {t(tab.label)}
          {tab.count !== undefined && tab.count > 0 && <span className="tab-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}
