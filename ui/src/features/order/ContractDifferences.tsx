import { useTranslation } from 'react-i18next'
import { TableBox } from '@/components/TableBox'
import type { OrderContract } from '@/lib/api/types'

/** Where an order departs from its contract, with what both say. */
export function ContractDifferences({ contract }: { contract: OrderContract }) {
  const { t } = useTranslation()
  const label = t('order:contract.differences', { number: contract.number, count: contract.differences.length })
  return (
    <TableBox label={label}>
      <table className="table contract-differences">
        <caption className="ink-risk">{label}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('order:contract.agreed')}</th>
            <th scope="col">{t('order:contract.ordered')}</th>
          </tr>
        </thead>
        <tbody>
          {contract.differences.map(one => (
            <tr key={`${one.term}-${one.line_no ?? ''}`}>
              <th scope="row">
                {one.line_no !== null && `${t('order:line.no')} ${one.line_no} `}
                {one.name}
                {one.binding && <span className="ink-late"> · {t('order:contract.binding')}</span>}
              </th>
              <td>{one.agreed || '–'}</td>
              <td className={one.binding ? 'ink-late' : 'ink-risk'}>{one.ordered || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
