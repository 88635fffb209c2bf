import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { ContractStatus, Quantity, Tone } from '@/lib/api/types'
import { formatQuantity } from '@/lib/format'
import './contract.css'

const TONES: Record<ContractStatus, Tone> = { draft: 'idle', in_force: 'going', expired: 'late', ended: 'idle' }

/** The state of a contract, as the day makes it. */
export function ContractStatusTag({ status }: { status: ContractStatus }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[status]}>{t(`contract:status.${status}`)}</StateTag>
}

/** Days before its last one on which a contract stands out. */
const NEAR = 30

/** Its last day, and how many are left as soon as that matters. */
export function LastDay(props: { status: ContractStatus; valid_to: string; days_left: number }) {
  const { t } = useTranslation()
  const near = props.status === 'in_force' && props.days_left <= NEAR
  return (
    <span className={props.status === 'expired' ? 'ink-late' : near ? 'ink-risk' : undefined}>
      {props.valid_to}
      {near && ` ${t('contract:days_left', { count: props.days_left })}`}
    </span>
  )
}

/** How much of a frame line is called off and how much remains, as a bar with both figures. */
export function CallBar(props: { called: Quantity; remaining: Quantity; percent: number }) {
  const { t } = useTranslation()
  const tone = props.percent >= 100 ? 'full' : props.percent >= 80 ? 'near' : ''
  const text = t('contract:call_bar', {
    called: formatQuantity(props.called),
    remaining: formatQuantity(props.remaining),
    percent: props.percent,
  })
  return (
    <div className="call-bar" role="img" aria-label={text} title={text}>
      <div className="call-track">
        <div className={`call-fill ${tone}`} style={{ width: `${Math.min(100, props.percent)}%` }} />
      </div>
      <div className="row call-figures">
        <span className="mono">{formatQuantity(props.called)}</span>
        <span className="grow" />
        <span className={`mono ${tone === 'full' ? 'soft' : 'strong'}`}>{formatQuantity(props.remaining)}</span>
      </div>
    </div>
  )
}
