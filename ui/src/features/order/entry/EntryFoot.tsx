import { LoadingOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type Dispatch, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ChargesButton } from '@/components/ChargesButton'
import type { Money } from '@/lib/api/types'
import { chargedOf } from '@/lib/charges'
import { formatMoney } from '@/lib/format'
import type { EntryChange, EntryHead } from './model'
import type { Checked } from './useCheck'

/** Most orders have none. */
const PromotionChips = lazy(() => import('./PromotionChips').then(module => ({ default: module.PromotionChips })))

interface Props {
  head: EntryHead
  lineCount: number
  checked: Checked
  checking: boolean
  problems: number
  busy: 'save' | 'submit' | null
  maySubmit: boolean
  dispatch: Dispatch<EntryChange>
  onProblems: () => void
  onSave: () => void
  onSubmit: () => void
}

/** The totals, always in view, with the two charges that are typed, and what to do next. */
export function EntryFoot(props: Props) {
  const { head, checked, dispatch } = props
  const { t } = useTranslation()
  const totals = checked.totals
  const declined = head.declined_promotions ?? []
  const given = totals?.charges.filter(charge => charge.promotion) ?? []
  return (
    <footer className="entry-foot">
      <span className="soft entry-lines">{t('order:line.count', { count: props.lineCount })}</span>
      {props.problems > 0 && (
        <button type="button" className="chip ink-late" onClick={props.onProblems}>
          {t('order:entry.problems', { count: props.problems })}
        </button>
      )}
      {props.checking && <LoadingOutlined className="soft" aria-label={t('order:entry.checking')} />}
      {(given.length > 0 || declined.length > 0) && (
        <Suspense fallback={null}>
          <PromotionChips
            charges={given}
            declined={declined}
            onChange={declined_promotions => dispatch({ kind: 'head', change: { declined_promotions } })}
          />
        </Suspense>
      )}
      <span className="grow" />
      <Figure label={t('order:money.goods')} money={totals?.goods} extra />
      <Charge
        label={t('order:money.freight')}
        value={head.freight}
        error={checked.head.get('freight')}
        onChange={freight => dispatch({ kind: 'head', change: { freight } })}
      />
      <Charge
        label={t('order:money.discount')}
        value={head.discount}
        error={checked.head.get('discount')}
        onChange={discount => dispatch({ kind: 'head', change: { discount } })}
      />
      <span className="figure">
        {totals && totals.charges.length > 0 && (
          <span className="mono extra">{formatMoney(chargedOf(totals.charges, totals.payable.currency))}</span>
        )}
        <ChargesButton
          charges={head.charges ?? []}
          error={checked.head.get('charges')}
          onChange={charges => dispatch({ kind: 'head', change: { charges } })}
        />
      </span>
      <Figure label={t('order:money.tax')} money={totals?.tax} extra />
      {totals?.deposit && Number(totals.deposit.amount) > 0 && (
        <Figure label={t('order:money.deposit')} money={totals.deposit} extra />
      )}
      <Figure label={t('order:money.payable')} money={totals?.payable} strong />
      {totals?.books_payable && (
        <Figure
          label={`${t('order:money.books_payable')} @${totals.exchange_rate}`}
          money={totals.books_payable}
          extra
        />
      )}
      <span className="row entry-buttons">
        <Button loading={props.busy === 'save'} disabled={props.busy !== null} onClick={props.onSave}>
          {t('order:entry.save')}
        </Button>
        {props.maySubmit && (
          <Button
            type="primary"
            loading={props.busy === 'submit'}
            disabled={props.busy !== null}
            onClick={props.onSubmit}
          >
            {t('order:entry.submit')}
          </Button>
        )}
      </span>
    </footer>
  )
}

function Figure(props: { label: string; money: Money | undefined; strong?: boolean; extra?: boolean }) {
  const { label, money, strong, extra } = props
  return (
    <span className={`figure${strong ? ' total' : ''}${extra ? ' extra' : ''}`}>
      <span className="soft">{label}</span>
      <span className="mono">{formatMoney(money)}</span>
    </span>
  )
}

function Charge(props: { label: string; value: string; error?: string; onChange: (value: string) => void }) {
  return (
    <span className="figure">
      <span className="soft">{props.label}</span>
      <Input
        size="small"
        className="num-input"
        inputMode="decimal"
        placeholder="0.00"
        aria-label={props.label}
        status={props.error ? 'error' : undefined}
        title={props.error}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      />
    </span>
  )
}
