import { useTranslation } from 'react-i18next'
import { Facts } from '@/components/Facts'
import type { StockPlace } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import { StatusTag } from './tags'

/** Where goods lie, at the head of a dialog about them. */
export function Here({ place }: { place: StockPlace }) {
  const { t } = useTranslation()
  return (
    <div className="gap-below">
      <Facts
        items={[
          { label: t('stock:field.warehouse'), value: place.warehouse.name },
          { label: t('stock:field.bin'), value: place.bin || '–' },
          { label: t('stock:field.lot'), value: place.lot || '–' },
          { label: t('stock:field.status'), value: <StatusTag status={place.status} /> },
          { label: t('stock:field.on_hand'), value: formatQuantity(place.on_hand) },
        ]}
      />
    </div>
  )
}
