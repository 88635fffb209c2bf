import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import type { PromisedPart } from '@/lib/api/types'
import { formatValue } from '@/lib/format'
import './promise.css'

const TONES = { safe: 'ink-done', at_risk: 'ink-risk', late: 'ink-late' } as const

/** Parts of order lines that are promised out of supply to come, with their days and how sure they are (PRM-02, PRM-08). */
export function PartTable({ title, parts, whose }: { title: string; parts: PromisedPart[]; whose?: boolean }) {
  const { t } = useTranslation()
  return (
    <Card title={title} flush>
      <TableBox label={title}>
        <table className="table">
          <thead>
            <tr>
              {whose && <th scope="col">{t('promise:proposal.order')}</th>}
              {whose && <th scope="col">{t('promise:proposal.customer')}</th>}
              <th scope="col">{t('promise:product')}</th>
              <th scope="col" className="num">
                {t('promise:what_if.quantity')}
              </th>
              <th scope="col">{t('promise:part.source')}</th>
              <th scope="col">{t('promise:part.ready_on')}</th>
              <th scope="col">{t('promise:part.ship_on')}</th>
              <th scope="col">{t('promise:part.promised_on')}</th>
              <th scope="col">{t('promise:part.jeopardy')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(part => (
              <tr key={`${part.order.id} ${part.line_no} ${part.part_no}`}>
                {whose && (
                  <td>
                    <Link to={`/orders/${part.order.id}/goods`}>
                      {part.order.number || t('promise:unnumbered')} / {part.line_no}
                    </Link>
                  </td>
                )}
                {whose && <td>{part.customer.name}</td>}
                <td>
                  <Link to={`/promise?product=${part.product.id}`}>{part.product.name}</Link>
                </td>
                <td className="num">{formatValue(part.quantity)}</td>
                <td className="promise-day">
                  {t(`promise:supply.${part.source.kind}`)}
                  <div className="soft">{part.source.document?.number}</div>
                </td>
                <td className="promise-day">{part.ready_on}</td>
                <td className="promise-day">{part.ship_on}</td>
                <td className="promise-day strong">{part.promised_on}</td>
                <td className="promise-day">
                  <span className={TONES[part.jeopardy]}>
                    {t('promise:part.chance', { band: t(`promise:band.${part.jeopardy}`), chance: part.chance })}
                  </span>
                  <div className="soft">{t(`promise:why.${part.jeopardy_reason}`)}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}
