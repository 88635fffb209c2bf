/** The five tracks of an order: small in rows, big on its page. */
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  FINANCE_STATES,
  FULFILMENT_STATES,
  SERVICE_STATES,
  SUPPLY_STATES,
  TRACKS,
  type Track,
  type TrackName,
  type Tracks,
} from '@/lib/api/types'
import { TONE_ICONS } from './StateTag'
import { When } from './When'
import './components.css'

export function useTrackText(): (name: TrackName, track: Track) => string {
  const { t } = useTranslation()
  return (name, track) => {
    const text =
      name === 'commercial' ? t(`order:status.${track.state}`) : t(`order:track_state.${name}.${track.state}`)
    return name === 'finance' && track.tone === 'late' ? `${text} · ${t('order:track_state.overdue')}` : text
  }
}

/** Five small segments; the tooltip says each in words. */
export function FiveTracks({ tracks }: { tracks: Tracks }) {
  const { t } = useTranslation()
  const text = useTrackText()
  const words = TRACKS.map(name => `${t(`order:track.${name}`)} ${text(name, tracks[name])}`).join('，')
  const tip = (
    <dl className="track-tip">
      {TRACKS.map(name => [
        <dt key={name}>{t(`order:track.${name}`)}</dt>,
        <dd key={`${name}-v`}>{text(name, tracks[name])}</dd>,
      ])}
    </dl>
  )
  return (
    <Tooltip title={tip} mouseEnterDelay={0.2}>
      <span className="tracks" role="img" aria-label={words}>
        {TRACKS.map(name => (
          <i key={name} className={`track-segment fill-${tracks[name].tone}`} />
        ))}
      </span>
    </Tooltip>
  )
}

const STEPS: Record<TrackName, readonly string[]> = {
  commercial: ['draft', 'submitted', 'reviewed', 'approved', 'effective', 'closed'],
  supply: SUPPLY_STATES.filter(state => state !== 'short'),
  fulfilment: FULFILMENT_STATES,
  finance: FINANCE_STATES,
  service: SERVICE_STATES.filter(state => state !== 'dissatisfied' && state !== 'waived'),
}
/** States beside the main way, by the step they stand at. */
const ASIDE: Record<string, number> = { short: 1, dissatisfied: 2, waived: 2, rejected: 2, void: 1, cancelled: 4 }

/** Each track with its steps, its state, since when and by whom. `extra` may add a line per track, such as an amount. */
export function TrackStrip({ tracks, extra }: { tracks: Tracks; extra?: Partial<Record<TrackName, ReactNode>> }) {
  const { t } = useTranslation()
  const text = useTrackText()
  return (
    <ol className="track-strip" aria-label={t('order:track.label')}>
      {TRACKS.map(name => {
        const track = tracks[name]
        const steps = STEPS[name]
        const found = steps.indexOf(track.state)
        const reached = found >= 0 ? found : (ASIDE[track.state] ?? 0)
        return (
          <li key={name} className="track-cell">
            <div className="track-name">{t(`order:track.${name}`)}</div>
            <div className={`track-state ink-${track.tone}`}>
              <span aria-hidden="true" style={{ color: `var(--${track.tone}-text)` }}>
                {TONE_ICONS[track.tone]}
              </span>
              <span>{text(name, track)}</span>
            </div>
            <div className="track-steps" aria-hidden="true">
              {steps.slice(1).map((step, index) => (
                <i key={step} className={index < reached ? `on-${track.tone === 'idle' ? 'going' : track.tone}` : ''} />
              ))}
            </div>
            <div className="track-who">
              {extra?.[name] && <div>{extra[name]}</div>}
              {track.since && (
                <span>
                  <When instant={track.since} />
                  {track.by ? ` · ${track.by}` : ''}
                </span>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
