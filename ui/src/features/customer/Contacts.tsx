import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { WordTag } from '@/components/WordTag'
import type { Customer } from '@/lib/api/types'
import { reach } from '@/lib/reach'

const PersonDialog = lazy(() => import('./PersonDialog'))

/** People at a customer, each one call or mail away, with their personal data. */
export function Contacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string | null>(null)
  const contacts = customer.contacts
  return (
    <Card title={t('customer:section.contacts')}>
      {contacts.length === 0 && <span className="soft">{t('customer:contact.none')}</span>}
      <ul className="plain-list">
        {contacts.map(contact => (
          <li key={`${contact.name} ${contact.phone}`}>
            <div className="row wrap">
              <span className="strong">{contact.name}</span>
              <span className="soft grow">{contact.position}</span>
              {contact.primary && contacts.length > 1 && <WordTag>{t('customer:contact.primary')}</WordTag>}
              <Button
                size="small"
                type="text"
                onClick={() => setOpen(contact.name)}
                aria-label={`${t('person:open')} ${contact.name}`}
              >
                {t('person:open')}
              </Button>
            </div>
            <div className="row wrap">
              {contact.phone && <a href={reach('tel', contact.phone)}>{contact.phone}</a>}
              {contact.email && <a href={reach('mailto', contact.email)}>{contact.email}</a>}
            </div>
          </li>
        ))}
      </ul>
      {open !== null && (
        <Suspense fallback={null}>
          <PersonDialog customer={customer} name={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </Card>
  )
}
