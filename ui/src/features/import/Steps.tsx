import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/lib/api/types'

const STEPS = ['upload', 'mapping', 'preview', 'run'] as const

/** Which step an import stands at: columns until a mapping fits, checking until nothing is wrong. */
export function stepOf(given: Pick<Import, 'state' | 'mapping' | 'error_count'>): number {
  if (given.state === 'done') return STEPS.length
  if (given.state === 'running' || given.state === 'failed') return 3
  if (!given.mapping) return 1
  return given.error_count > 0 ? 2 : 3
}

export function Steps({ given }: { given: Import }) {
  const { t } = useTranslation()
  const at = stepOf(given)
  return (
    <ol className="import-steps" aria-label={t('import:step.label')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < at ? 'past' : index === at ? 'now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className="import-step" aria-hidden="true">
            {index < at ? <CheckOutlined /> : index + 1}
          </span>
          {t(`import:step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
