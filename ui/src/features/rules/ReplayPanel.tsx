/** What a draft would have decided differently about past orders. */
import { useQuery } from '@tanstack/react-query'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { OrderStatusTag } from '@/components/OrderStatusTag'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { OrderStatus } from '@/lib/api/types'
import { formatDate, formatMoney } from '@/lib/format'
import { RoleChanges } from './RoleChanges'
import type { Replay, RoleChange } from './types'

const SIZES = [100, 1000, 10000]

export function ReplayPanel(props: { number: number; version: number; roles: RoleChange[]; onClose: () => void }) {
  const { number, version, roles, onClose } = props
  const { t } = useTranslation()
  const [limit, setLimit] = useState(1000)
  const found = useQuery({
    queryKey: ['blueprints', number, 'replay', version, limit],
    queryFn: () => get<Replay>(`/blueprints/${number}/replay`, { limit }),
  })
  return (
    <Modal open width={980} title={t('rules:replay.title', { number })} footer={null} onCancel={onClose}>
      <div className="row wrap">
        <span className="soft">{t('rules:replay.size')}</span>
        <Select
          value={limit}
          aria-label={t('rules:replay.size')}
          options={SIZES.map(value => ({ value, label: t('rules:replay.newest', { count: value }) }))}
          onChange={setLimit}
        />
      </div>
      {found.isPending && <PageSkeleton lines={6} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Result replay={found.data} />}
      {roles.length > 0 && <p className="strong">{t('rules:roles.would')}</p>}
      <RoleChanges changes={roles} />
      <p className="soft">{t('rules:replay.honest')}</p>
    </Modal>
  )
}

function Result({ replay }: { replay: Replay }) {
  const { t } = useTranslation()
  if (replay.looked_at === 0) return <p>{t('rules:replay.none')}</p>
  const shifts = [...replay.approvals, ...replay.gates.map(gate => ({ ...gate, gate: true }))]
  const most = Math.max(1, ...shifts.map(shift => Math.max(shift.more, shift.fewer)))
  return (
    <>
      <p className="replay-sum">
        {t('rules:replay.sum', {
          looked: replay.looked_at,
          from: formatDate(replay.from),
          until: formatDate(replay.until),
          differing: replay.differing,
        })}
      </p>
      {shifts.length > 0 && (
        <ul className="replay-shifts">
          {shifts.map(shift => (
            <li key={shift.name}>
              <span className="strong cut">{shift.name}</span>
              <Bar
                count={shift.fewer}
                most={most}
                tone="done"
                text={t('gate' in shift ? 'rules:replay.opened' : 'rules:replay.fewer', { count: shift.fewer })}
              />
              <Bar
                count={shift.more}
                most={most}
                tone="risk"
                text={t('gate' in shift ? 'rules:replay.shut' : 'rules:replay.more', { count: shift.more })}
              />
            </li>
          ))}
        </ul>
      )}
      {replay.items.length > 0 && (
        <TableBox label={t('rules:replay.orders')} className="replay-orders">
          <table className="replay-table">
            <thead>
              <tr>
                <th>{t('order:field.number')}</th>
                <th>{t('order:field.customer')}</th>
                <th>{t('order:field.status')}</th>
                <th className="end">{t('order:money.payable')}</th>
                <th>{t('rules:replay.before')}</th>
                <th>{t('rules:replay.after')}</th>
              </tr>
            </thead>
            <tbody>
              {replay.items.map(order => (
                <tr key={order.id}>
                  <td>
                    <Link to={`/orders/${order.id}`}>{order.number}</Link>
                  </td>
                  <td className="cut">{order.customer}</td>
                  <td>
                    <OrderStatusTag status={order.status as OrderStatus} held={false} />
                  </td>
                  <td className="end mono">{formatMoney(order.payable)}</td>
                  <td>
                    <Steps steps={order.before} other={order.after} gone />
                    {order.opened.map(gate => (
                      <del key={gate}>{gate}</del>
                    ))}
                  </td>
                  <td>
                    <Steps steps={order.after} other={order.before} />
                    {order.shut.map(gate => (
                      <ins key={gate}>{gate}</ins>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </>
  )
}

function Steps({ steps, other, gone }: { steps: string[]; other: string[]; gone?: boolean }) {
  const { t } = useTranslation()
  if (steps.length === 0) return <span className="soft">{t('rules:replay.nobody')}</span>
  return (
    <span className="replay-steps">
      {steps.map((step, place) => {
        const Tag = other.includes(step) ? 'span' : gone ? 'del' : 'ins'
        // biome-ignore lint/suspicious/noArrayIndexKey: the same rule may ask twice
        return <Tag key={place}>{step}</Tag>
      })}
    </span>
  )
}

function Bar(props: { count: number; most: number; tone: string; text: string }) {
  if (props.count === 0) return null
  return (
    <span className="replay-bar">
      <span
        className={`replay-fill fill-${props.tone}`}
        style={{ inlineSize: `${(100 * props.count) / props.most}%` }}
      />
      <span>{props.text}</span>
    </span>
  )
}
