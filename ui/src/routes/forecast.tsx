import { useParams } from 'react-router'
import { ForecastPage } from '@/features/forecast/ForecastPage'
import { ReplenishmentPage } from '@/features/stock/ReplenishmentPage'

/** What is expected of one product, or what must be ordered of all: one part of the program, since people go back and forth between them. */
export default function ForecastRoute() {
  const { id } = useParams()
  return id ? <ForecastPage /> : <ReplenishmentPage />
}
