import { useTranslation } from 'react-i18next'
import './components.css'

const WIDTHS = [38, 92, 84, 96, 70, 88, 78, 94, 64, 82]

/** The shape of a page while it is on its way. */
export function PageSkeleton({ lines = 10 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="skeleton" role="status" aria-label={t('common:loading')}>
      {WIDTHS.slice(0, lines).map((width, index) => (
        <div key={width} className="bone" style={{ width: `${width}%`, height: index === 0 ? 24 : 14 }} />
      ))}
    </div>
  )
}
