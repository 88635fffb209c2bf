/** Two versions of a quotation side by side; what differs stands out. */
import { Select } from 'antd'
import type { TFunction } from 'i18next'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/Card'
import { TableBox } from '@/components/TableBox'
import type { Quotation, QuotationLine } from '@/lib/api/types'
import { formatMoney, formatQuantity, formatRate, formatUnitPrice } from '@/lib/format'
import { useQuotation } from './queries'

function headRows(t: TFunction, before: Quotation, after: Quotation) {
  const row = (key: string, show: (one: Quotation) => string) => ({
    label: t(`quotation:field.${key}`),
    before: show(before) || '–',
    after: show(after) || '–',
  })
  return [
    row('payable', one => formatMoney(one.payable)),
    row('discount', one => formatMoney(one.discount)),
    row('freight', one => formatMoney(one.freight)),
    row('valid_until', one => one.valid_until),
    row('lead_time', one => (one.lead_days > 0 ? t('quotation:days', { count: one.lead_days }) : '')),
    row('settlement', one => t(`order:settlement.${one.settlement}`)),
    row('deposit_rate', one => formatRate(one.deposit_rate)),
    row('contact', one => `${one.contact_name} ${one.contact_phone}`.trim()),
    row('delivery_address', one => one.delivery_address),
    row('delivery_terms', one => one.delivery_terms),
    row('packing', one => one.packing),
    row('terms', one => one.terms),
  ]
}

function lineText(t: TFunction, line: QuotationLine | undefined): string[] {
  if (!line) return [t('quotation:no_line')]
  const off = Number(line.discount_rate) === 0 ? '' : ` −${formatRate(line.discount_rate)}`
  return [
    `${line.name} ${line.spec}`.trim(),
    `${formatQuantity(line.quantity)} × ${formatUnitPrice(line.unit_price)}${off}`,
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

export function Compare({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation()
  const others = quotation.versions.filter(version => version.id !== quotation.id)
  const nearest = others.filter(version => version.revision < quotation.revision).at(-1) ?? others[0]
  const [chosen, setChosen] = useState<string | null>(null)
  const other = useQuotation(chosen ?? nearest?.id ?? '').data
  if (others.length === 0) return null
  const name = (revision: number) => t('quotation:revision', { no: revision })
  return (
    <Card
      title={t('quotation:versions')}
      flush
      extra={
        <span className="row">
          {others.map(version => (
            <Link key={version.id} to={`/quotations/${version.id}`}>
              {name(version.revision)}
            </Link>
          ))}
          <Select
            size="small"
            aria-label={t('quotation:compare_with')}
            value={chosen ?? nearest?.id}
            onChange={setChosen}
            options={others.map(version => ({
              value: version.id,
              label: t('quotation:compare', { no: version.revision }),
            }))}
          />
        </span>
      }
    >
      {other && <Table before={other} after={quotation} name={name} />}
    </Card>
  )
}

function Table(props: { before: Quotation; after: Quotation; name: (revision: number) => string }) {
  const { t } = useTranslation()
  const [before, after] =
    props.before.revision < props.after.revision ? [props.before, props.after] : [props.after, props.before]
  const [was, is] = [props.name(before.revision), props.name(after.revision)]
  const rows = headRows(t, before, after).filter((row, index) => index < 1 || row.before !== row.after)
  const count = Math.max(before.lines.length, after.lines.length)
  return (
    <TableBox label={t('quotation:versions')}>
      <table className="table versions">
        <thead>
          <tr>
            <th scope="col">{t('quotation:what')}</th>
            <th scope="col">{was}</th>
            <th scope="col">{is}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <Cell label={was}>{row.before}</Cell>
              <Cell label={is} changed={row.before !== row.after}>
                {row.after}
              </Cell>
            </tr>
          ))}
          {Array.from({ length: count }, (_, index) => index + 1).map(no => {
            const find = (one: Quotation) => one.lines.find(line => line.line_no === no)
            const [old, now] = [lineText(t, find(before)), lineText(t, find(after))]
            return (
              <tr key={no}>
                <th scope="row">{t('quotation:line', { no })}</th>
                <Cell label={was}>
                  {old.map(text => (
                    <div key={text}>{text}</div>
                  ))}
                </Cell>
                <Cell label={is} changed={old.join() !== now.join()}>
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
  )
}
