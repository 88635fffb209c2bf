import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ARRIVALS, type Arrival } from '@/lib/api/types'
import { useTemplates } from './queries'

interface TemplateProps {
  value: string | null
  onChange: (name: string | null) => void
  /** Name of a mapping that is no template: one that was edited here. */
  edited?: boolean
  disabled?: boolean
}

/** Which template reads the files; nothing is the one that fits best. */
export function TemplateChoice({ value, onChange, edited, disabled }: TemplateProps) {
  const { t } = useTranslation()
  const items = useTemplates().data?.items ?? []
  const group = (built_in: boolean) =>
    items.filter(item => item.built_in === built_in).map(item => ({ value: item.name, label: item.title || item.name }))
  const options = [
    { value: '', label: t('import:template_auto') },
    ...(edited && value && !items.some(item => item.name === value)
      ? [{ value, label: t('import:template_custom') }]
      : []),
    ...(group(false).length > 0 ? [{ label: t('import:template_own'), options: group(false) }] : []),
    { label: t('import:template_built_in'), options: group(true) },
  ]
  return (
    <Select
      className="import-choice"
      aria-label={t('import:template')}
      popupMatchSelectWidth={false}
      disabled={disabled}
      value={value ?? ''}
      options={options}
      onChange={name => onChange(name === '' ? null : name)}
    />
  )
}

interface ArrivalProps {
  value: Arrival | null
  onChange: (arrival: Arrival | null) => void
  /** Whether the template may be left to say. */
  auto?: boolean
  disabled?: boolean
}

/** How orders come in. */
export function ArrivalChoice({ value, onChange, auto, disabled }: ArrivalProps) {
  const { t } = useTranslation()
  return (
    <Select<Arrival | 'auto'>
      className="import-choice"
      aria-label={t('import:arrival')}
      popupMatchSelectWidth={false}
      disabled={disabled}
      value={value ?? 'auto'}
      options={[...(auto ? (['auto'] as const) : []), ...ARRIVALS].map(code => ({
        value: code,
        label: t(`import:arrival_as.${code}`),
      }))}
      onChange={code => onChange(code === 'auto' ? null : code)}
    />
  )
}
