import { Alert, Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { IMPORT_NOUNS, type Import, type ImportTemplates, type Mapping, type MappingSource } from '@/lib/api/types'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { KeepTemplate } from './keep'
import { beginning, missing, newSource, sheetOf } from './mapping'
import { useTemplates } from './queries'
import { useRemap } from './remap'
import { SourceEditor } from './SourceEditor'
import { ArrivalChoice, TemplateChoice } from './TemplateChoice'

/** Which column is which field: by a template, or field by field. */
export function MappingEditor({ given, editable }: { given: Import; editable: boolean }) {
  const templates = useTemplates()
  if (templates.isError) return <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
  if (!templates.data) return <PageSkeleton lines={6} />
  return <Editor key={JSON.stringify(given.mapping)} given={given} editable={editable} templates={templates.data} />
}

interface Props {
  given: Import
  editable: boolean
  templates: ImportTemplates
}

function Editor({ given, editable, templates }: Props) {
  const { t } = useTranslation()
  const remap = useRemap(given.id)
  const before = useMemo(
    () => given.mapping ?? beginning(given.sheets, templates.fields, noun => t(`import:noun.${noun}`)),
    [given.mapping, given.sheets, templates.fields, t],
  )
  const draftKey = `import.${given.id}`
  const [mapping, setMapping] = useState<Mapping>(
    () => (editable ? readDraft<Mapping>(draftKey)?.value : null) ?? before,
  )
  const { save, drop } = useDraftSaver<Mapping>(draftKey)
  const changed = JSON.stringify(mapping) !== JSON.stringify(before)
  useEffect(() => {
    if (changed) save(mapping)
  }, [changed, mapping, save])
  const apply = (next: Parameters<typeof remap.mutate>[0]) => {
    drop()
    remap.mutate(next)
  }
  const setSource = (index: number, source: MappingSource) =>
    setMapping({ ...mapping, source: mapping.source.with(index, source) })
  const lacking = mapping.source.some(
    source => missing(source, templates.fields[source.noun] ?? [], sheetOf(source, given.sheets)).length > 0,
  )
  const hasOrders = mapping.source.some(source => source.noun === 'orders')
  return (
    <div className="main-column">
      <div className="row wrap">
        <span className="soft">{t('import:template')}</span>
        <TemplateChoice
          edited
          disabled={!editable}
          value={given.mapping?.name ?? null}
          onChange={name => apply({ mapping: name, as: null })}
        />
        {hasOrders && (
          <>
            <span className="soft">{t('import:arrival')}</span>
            <ArrivalChoice
              disabled={!editable}
              value={mapping.as}
              onChange={arrival => setMapping({ ...mapping, as: arrival ?? 'draft' })}
            />
          </>
        )}
        <span className="grow" />
        {editable && changed && <span className="ink-risk">{t('import:map.unapplied')}</span>}
        {editable && <KeepTemplate mapping={mapping} sheets={given.sheets} />}
        {editable && (
          <Button
            type="primary"
            disabled={mapping.source.length === 0 || (!changed && given.mapping !== null)}
            loading={remap.isPending}
            onClick={() => apply({ mapping, as: mapping.as })}
          >
            {t('import:map.apply')}
          </Button>
        )}
      </div>
      {lacking && <Alert type="warning" showIcon title={t('import:map.missing')} />}
      {mapping.source.map((source, index) => (
        <SourceEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: two sources may read the same noun from the same sheet
          key={`${index} ${source.noun}`}
          source={source}
          sheets={given.sheets}
          fields={templates.fields[source.noun] ?? []}
          editable={editable}
          onChange={next => setSource(index, next)}
          onRemove={() => setMapping({ ...mapping, source: mapping.source.toSpliced(index, 1) })}
        />
      ))}
      {editable && <AddSource mapping={mapping} given={given} templates={templates} onChange={setMapping} />}
    </div>
  )
}

/** The nouns the files may hold beside those that are read. */
function AddSource(props: {
  mapping: Mapping
  given: Import
  templates: ImportTemplates
  onChange: (mapping: Mapping) => void
}) {
  const { t } = useTranslation()
  const { mapping, given, templates } = props
  const others = IMPORT_NOUNS.filter(noun => !mapping.source.some(source => source.noun === noun))
  const [first] = given.sheets
  if (others.length === 0 || !first) return null
  const add = (noun: (typeof others)[number]) => {
    const fields = templates.fields[noun] ?? []
    const made = given.sheets.map(sheet => newSource(noun, t(`import:noun.${noun}`), sheet, fields))
    const best = made.sort((a, b) => Object.keys(b.fields).length - Object.keys(a.fields).length)[0]
    if (best) props.onChange({ ...mapping, source: [...mapping.source, best] })
  }
  return (
    <div className="row wrap">
      <span className="soft">{t('import:map.add')}</span>
      {others.map(noun => (
        <button key={noun} type="button" className="chip" onClick={() => add(noun)}>
          {t(`import:noun.${noun}`)}
        </button>
      ))}
    </div>
  )
}
