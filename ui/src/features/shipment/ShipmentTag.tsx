import { CarFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { Shipment, Tone } from '@/lib/api/types'

const TONES: Record<Shipment['status'], Tone> = {
  shipped: 'going',
  part_accepted: 'risk',
  delivered: 'done',
  cancelled: 'late',
}

export function ShipmentTag({ status }: { status: Shipment['status'] }) {
  const { t } = useTranslation()
  return (
    <StateTag tone={TONES[status]} icon={status === 'shipped' ? <CarFilled /> : undefined}>
      {t(`order:shipment_status.${status}`)}
    </StateTag>
  )
}
