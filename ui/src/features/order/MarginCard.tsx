import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import type { Margin } from '@/lib/api/types'
import { formatMoney, formatRate } from '@/lib/format'

/** What is earned with the goods: only for those who may know costs. */
export function MarginCard({ margin }: { margin: Margin }) {
  const { t } = useTranslation()
  const rows: [string, string, boolean][] = [
    ['net', formatMoney(margin.net), false],
    ['cost', formatMoney(margin.cost), false],
    ['amount', formatMoney(margin.amount), true],
    ['percent', formatRate(margin.percent), true],
    ['lowest', formatRate(margin.lowest_percent), false],
  ]
  return (
    <Card
      title={t('order:margin.title')}
      extra={margin.low && <StateTag tone="risk">{t('order:margin.low')}</StateTag>}
      flush
    >
      {margin.known ? (
        <table className="table">
          <tbody>
            {rows.map(([key, value, strong]) => (
              <tr key={key} className={strong ? 'strong' : undefined}>
                <td>{t(`order:margin.${key}`)}</td>
                <td className="num">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="soft card-body">{t('order:margin.unknown')}</p>
      )}
    </Card>
  )
}
