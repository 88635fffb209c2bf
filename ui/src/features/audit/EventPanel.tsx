import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChangeList } from '@/components/ChangeList'
import { Facts } from '@/components/Facts'
import { When } from '@/components/When'
import type { AuditEvent } from '@/lib/api/types'
import { useNarrow } from '@/lib/viewport'
import { hrefOf } from './subject'

/** One event: what, who, when, from where, why, and each field before and after. */
export function EventPanel({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const href = hrefOf(event.subject)
  const { channel, address } = event.source
  return (
    <Drawer
      open
      onClose={onClose}
      size={narrow ? '100%' : 560}
      title={t('audit:panel', { position: event.position })}
      extra={href && <Link to={href}>{t('audit:open_subject')}</Link>}
    >
      <div className="main-column">
        <div className="strong">{event.summary}</div>
        <Facts
          items={[
            { label: t('audit:field.by'), value: event.by },
            { label: t('audit:field.at'), value: <When instant={event.at} exact /> },
            {
              label: t('audit:field.subject'),
              value: [t(`audit:subject.${event.subject.kind}`), event.subject.number].filter(Boolean).join(' '),
            },
            {
              label: t('audit:field.source'),
              value: [channel && t(`audit:channel.${channel}`), address].filter(Boolean).join(' '),
            },
            ...(event.reason ? [{ label: t('audit:field.reason'), value: event.reason, wide: true }] : []),
          ]}
        />
        {event.changes.length > 0 && <ChangeList changes={event.changes} />}
      </div>
    </Drawer>
  )
}
