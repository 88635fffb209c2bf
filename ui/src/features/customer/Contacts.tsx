import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { WordTag } from '@/components/WordTag'
import type { Contact } from '@/lib/api/types'

/** People at a customer, each one call or mail away. */
export function Contacts({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation()
  return (
    <Card title={t('customer:section.contacts')}>
      {contacts.length === 0 && <span className="soft">{t('customer:contact.none')}</span>}
      <ul className="plain-list">
        {contacts.map(contact => (
          <li key={`${contact.name} ${contact.phone}`}>
            <div className="row wrap">
              <span className="strong">{contact.name}</span>
              <span className="soft">{contact.position}</span>
              {contact.primary && contacts.length > 1 && <WordTag>{t('customer:contact.primary')}</WordTag>}
            </div>
            <div className="row wrap">
              {contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
              {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
