import { LoadingOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { StateTag } from '@/components/StateTag'
import type { ImportState } from '@/lib/api/types'
import { formatCount } from '@/lib/format'

/** How far an import is; errors keep it from being imported at all. */
export function ImportTag({ state, errors }: { state: ImportState; errors: number }) {
  const { t } = useTranslation()
  if (state === 'preview' && errors > 0) {
    return <StateTag tone="late">{t('import:state.errors', { shown: formatCount(errors) })}</StateTag>
  }
  if (state === 'running') {
    return (
      <StateTag tone="going" icon={<LoadingOutlined />}>
        {t('import:state.running')}
      </StateTag>
    )
  }
  const tone = state === 'done' ? 'done' : state === 'failed' ? 'late' : 'going'
  return <StateTag tone={tone}>{t(`import:state.${state}`)}</StateTag>
}
