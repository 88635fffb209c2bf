import { useTranslation } from 'react-i18next'
import { DeleteRow } from '@/components/DeleteRow'
import type { Price } from '@/lib/api/types'

/** Takes an entry out of the price book. */
export function DeletePrice({ price }: { price: Price }) {
  const { t } = useTranslation()
  return (
    <DeleteRow
      path={`/prices/${price.id}`}
      version={price.version}
      shownIn={['prices', 'products']}
      label={t('price:delete_row', { name: price.product.name })}
      consequence={t('price:delete_consequence')}
      done={t('price:deleted')}
    />
  )
}
