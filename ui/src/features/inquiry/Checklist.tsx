import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InquiryItem } from '@/lib/api/types'
import { MarkTag } from './tags'

interface Props {
  items: InquiryItem[]
  said: (code: string) => string
  onChange: (code: string, value: string) => void
}

/** What must be known, each with how it stands and what it was understood as. */
export function Checklist({ items, said, onChange }: Props) {
  const { t } = useTranslation()
  if (items.length === 0) return <p className="soft">{t('inquiry:no_items')}</p>
  return (
    <ul className="inquiry-items">
      {items.map(item => (
        <li key={item.code} className={`inquiry-item mark-${item.mark}`}>
          <span className="row">
            <span className="grow strong">
              {item.name}
              {item.required && <span className="ink-late"> *</span>}
            </span>
            <MarkTag mark={item.mark} />
          </span>
          <Input
            aria-label={item.name}
            maxLength={1000}
            placeholder={t(`inquiry:hint.${item.kind}`)}
            value={said(item.code)}
            onChange={event => onChange(item.code, event.target.value)}
          />
          {item.reason && <span className="ink-risk">{item.reason}</span>}
          {item.mark === 'filled' && item.meaning && (
            <span className="soft">{t('inquiry:understood', { meaning: item.meaning })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
