import { useTranslation } from 'react-i18next'
import { DeleteRow } from '@/components/DeleteRow'
import type { ExchangeRate } from '@/lib/api/types'

/** Takes an exchange rate back. */
export function DeleteExchangeRate({ rate }: { rate: ExchangeRate }) {
  const { t } = useTranslation()
  return (
    <DeleteRow
      path={`/exchange-rates/${rate.id}`}
      version={rate.version}
      shownIn={['exchange-rates']}
      label={t('exchange-rate:delete_row', { name: `${rate.currency} ${rate.valid_from}` })}
      consequence={t('exchange-rate:delete_consequence')}
      done={t('exchange-rate:deleted')}
    />
  )
}
