import { useTranslation } from 'react-i18next'
import { TONE_ICONS } from '@/components/StateTag'
import type { PortalOrderRow } from './types'

/** The five tracks of an order: colour, icon and word; `short` leaves the words to who does not see. */
export function Tracks({ tracks, short }: { tracks: PortalOrderRow['tracks']; short?: boolean }) {
  const { t } = useTranslation()
  return (
    <ol className={`portal-tracks${short ? ' short' : ''}`} aria-label={t('portal:tracks')}>
      {tracks.map(track => (
        <li key={track.code} className={`tone-${track.tone}`}>
          <span aria-hidden="true">{TONE_ICONS[track.tone]}</span>
          <span className="portal-track-name">{track.name}</span>
          <span className={short ? 'sr-only' : 'portal-track-state'}>{track.state}</span>
        </li>
      ))}
    </ol>
  )
}
