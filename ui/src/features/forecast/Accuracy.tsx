import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { type LineColumn, LineTable } from '@/components/LineTable'
import type { ProductForecast } from '@/lib/api/types'

type Row = ProductForecast['accuracy'][number]

const percent = (share: number | null | undefined, sign = false) =>
  share === null || share === undefined ? '–' : `${sign && share > 0 ? '+' : ''}${(share * 100).toFixed(0)} %`

/** How far the forecast would have been off in the past, beside what needs no forecasting: naive ones that were better are shown so. */
export function Accuracy({ forecast }: { forecast: ProductForecast }) {
  const { t } = useTranslation()
  const { accuracy, origins, measured_ahead } = forecast
  const name = (row: Row) => (row.method ? t(`forecast:method.${row.method}`) : t('forecast:accuracy.chosen'))
  const columns: LineColumn<Row>[] = [
    { id: 'method', label: t('forecast:method_head'), main: true, render: name },
    { id: 'mase', label: 'MASE', end: true, render: row => row.mase?.toFixed(2) ?? '–' },
    { id: 'wape', label: 'WAPE', end: true, render: row => percent(row.wape) },
    { id: 'bias', label: t('forecast:accuracy.bias'), end: true, render: row => percent(row.bias, true) },
  ]
  const [chosen, ...naive] = accuracy
  const own = chosen?.wape
  const better = naive.find(row => own !== null && own !== undefined && (row.wape ?? Number.POSITIVE_INFINITY) < own)
  return (
    <Card title={t('forecast:accuracy.title')} flush>
      {(chosen?.points ?? 0) > 0 ? (
        <>
          <LineTable
            label={t('forecast:accuracy.title')}
            columns={columns}
            rows={accuracy}
            rowKey={row => row.method ?? 'chosen'}
          />
          <div className="card-body">
            <p>{better ? t('forecast:accuracy.worse', { method: name(better) }) : t('forecast:accuracy.better')}</p>
            <p className="soft">{t('forecast:accuracy.how', { origins, ahead: measured_ahead })}</p>
          </div>
        </>
      ) : (
        <p className="line-empty soft">{t('forecast:accuracy.none')}</p>
      )}
    </Card>
  )
}
