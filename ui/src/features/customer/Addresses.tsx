import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { WordTag } from '@/components/WordTag'
import { addressLine } from '@/lib/address'
import type { Address } from '@/lib/api/types'
import { currentLanguage } from '@/lib/i18n'
import { reach } from '@/lib/reach'

/** Where the goods of a customer go. */
export function Addresses({ addresses }: { addresses: Address[] }) {
  const { t } = useTranslation()
  return (
    <Card title={t('customer:section.addresses')}>
      {addresses.length === 0 && <span className="soft">{t('customer:address.none')}</span>}
      <ul className="plain-list">
        {addresses.map(address => {
          const line = addressLine(address, currentLanguage())
          return (
            <li key={`${address.label} ${line}`}>
              <div className="row wrap">
                {address.label && <span className="strong">{address.label}</span>}
                {address.default && addresses.length > 1 && <WordTag>{t('customer:address.default')}</WordTag>}
              </div>
              <div className="pre">{line}</div>
              <div className="row wrap">
                <span>{address.receiver}</span>
                {address.phone && <a href={reach('tel', address.phone)}>{address.phone}</a>}
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
