/** What comes of a change: the order before and after it side by side, and what it does to stock, credit and approvals. */
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { StateTag } from '@/components/StateTag'
import { TableBox } from '@/components/TableBox'
import type { ChangeEffect, LineVersion, OrderVersion } from '@/lib/api/types'
import { formatDate, formatMoney, formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'
import { chosenNames, saidOf } from '@/lib/said'
import './change.css'

type Row = { label: string; before: string; after: string; number?: boolean }

function headRows(t: TFunction, before: OrderVersion, after: OrderVersion): Row[] {
  const row = (key: string, show: (version: OrderVersion) => string, number = false): Row => ({
    label: t(`change:version.${key}`),
    before: show(before) || '–',
    after: show(after) || '–',
    number,
  })
  return [
    row('payable', version => formatMoney(version.payable), true),
    row('goods', version => formatMoney(version.goods), true),
    row('freight', version => formatMoney(version.freight), true),
    row('charges', version =>
      version.charges
        .map(charge => `${charge.name} ${charge.allowance ? '−' : ''}${formatMoney(charge.amount)}`)
        .join(', '),
    ),
    row('net', version => formatMoney(version.net), true),
    row('tax', version => formatMoney(version.tax), true),
    row('deposit', version => `${formatMoney(version.deposit)} (${formatRate(version.deposit_rate)})`, true),
    row('required_on', version => formatDate(version.required_on)),
    row('promised_on', version => formatDate(version.promised_on)),
    row('planned_ship_on', version => formatDate(version.planned_ship_on)),
    row('expected_on', version => formatDate(version.expected_on)),
    row('delivery_address', version => version.delivery_address),
    row('receiver', version => version.receiver),
    row('contact', version => `${version.contact_name} ${version.contact_phone}`.trim()),
    row('packing', version => version.packing),
    row('settlement', version => t(`order:settlement.${version.settlement}`)),
  ]
}

/** What a line says, in one cell. */
function lineText(t: TFunction, line: LineVersion | undefined): string[] {
  if (!line) return [t('change:effect.no_line')]
  const said = saidOf(line)
  const off = Number(line.discount_rate) === 0 ? '' : ` −${formatRate(line.discount_rate)}`
  return [
    `${line.product.name} ${line.spec}`.trim(),
    ...(line.choices.length > 0 ? [chosenNames(line)] : []),
    `${formatQuantity(said.quantity)} × ${formatUnitPrice(said.unit_price)}${off}`,
    formatMoney(line.gross),
  ]
}

function Cell({ label, changed, children }: { label: string; changed?: boolean; children: ReactNode }) {
  return (
    <td data-label={label} className={changed ? 'changed' : undefined}>
      {children}
    </td>
  )
}

/** Head and lines, before beside after; what differs stands out. */
export function SideBySide({ effect }: { effect: ChangeEffect }) {
  const { t } = useTranslation()
  const { before, after } = effect
  const rows = headRows(t, before, after)
  // What stays is shown only where it says something.
  const shown = rows.filter((row, index) => index < 1 || row.before !== row.after)
  const numbers = [...new Set([...before.lines, ...after.lines].map(line => line.line_no))].sort((a, b) => a - b)
  const find = (version: OrderVersion, no: number) => version.lines.find(line => line.line_no === no)
  const [was, will] = [t('change:effect.before'), t('change:effect.after')]
  return (
    <Card title={t('change:effect.versions')} flush>
      <TableBox label={t('change:effect.versions')}>
        <table className="table versions">
          <thead>
            <tr>
              <th scope="col">{t('change:effect.what')}</th>
              <th scope="col">{was}</th>
              <th scope="col">{will}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(row => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <Cell label={was}>{row.before}</Cell>
                <Cell label={will} changed={row.before !== row.after}>
                  {row.after}
                </Cell>
              </tr>
            ))}
            {numbers.map(no => {
              const [old, now] = [lineText(t, find(before, no)), lineText(t, find(after, no))]
              return (
                <tr key={no}>
                  <th scope="row">{t('change:effect.line', { no })}</th>
                  <Cell label={was}>
                    {old.map(text => (
                      <div key={text}>{text}</div>
                    ))}
                  </Cell>
                  <Cell label={will} changed={old.join() !== now.join()}>
                    {now.map(text => (
                      <div key={text}>{text}</div>
                    ))}
                  </Cell>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

/** Stock, credit, signatures and the customer's yes. */
export function Consequences({ effect }: { effect: ChangeEffect }) {
  const { t } = useTranslation()
  const { credit } = effect
  const more = Number(effect.payable_more.amount)
  return (
    <Card title={t('change:effect.title')}>
      <ul className="consequences">
        <li>
          {t('change:effect.payable')}{' '}
          <span className="strong mono">
            {more > 0 ? '+' : ''}
            {formatMoney(effect.payable_more)}
          </span>
        </li>
        {effect.stock.map(line => (
          <li key={line.line_no}>
            {t('change:effect.stock', { no: line.line_no, name: line.name })}{' '}
            {Number(line.reserves.value) > 0 && (
              <StateTag tone="done">
                {t('change:effect.reserves', { quantity: formatQuantity(line.reserves) })}
              </StateTag>
            )}
            {Number(line.gives_back.value) > 0 && (
              <StateTag tone="going">
                {t('change:effect.gives_back', { quantity: formatQuantity(line.gives_back) })}
              </StateTag>
            )}
            {Number(line.short.value) > 0 && (
              <StateTag tone="late">{t('change:effect.short', { quantity: formatQuantity(line.short) })}</StateTag>
            )}
          </li>
        ))}
        <li>
          {t('change:effect.credit')}{' '}
          <span className="mono">
            {formatMoney(credit.before)} → {formatMoney(credit.after)}
          </span>{' '}
          {credit.limit && (
            <span className="soft">{t('change:effect.limit', { limit: formatMoney(credit.limit) })}</span>
          )}{' '}
          {credit.over && <StateTag tone="late">{t('change:effect.over')}</StateTag>}
        </li>
        <li>
          {t('change:effect.steps')} {effect.steps.map(step => step.role_name).join(' → ')}
        </li>
        {effect.contract.map(one => (
          <li key={`${one.term}-${one.line_no ?? ''}`} className="ink-risk">
            {t('change:effect.contract', { what: one.name, agreed: one.agreed || '–', ordered: one.ordered || '–' })}
          </li>
        ))}
        {effect.asks_supply && <li>{t('change:effect.asks_supply')}</li>}
        {effect.asks_customer && <li>{t('change:effect.asks_customer')}</li>}
        {effect.concerned.length > 0 && (
          <li className="soft">{t('change:effect.concerned', { lines: effect.concerned.join('、') })}</li>
        )}
      </ul>
    </Card>
  )
}
