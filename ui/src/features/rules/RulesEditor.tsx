/** One version of the rules: forms and tables at the left, the file beside; drafts save themselves. */
import {
  BranchesOutlined,
  CheckCircleOutlined,
  DeleteOutlined,
  DownloadOutlined,
  HistoryOutlined,
} from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { StateTag } from '@/components/StateTag'
import { Tabs } from '@/components/Tabs'
import { get, remove } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { usePost, useProblemText } from '@/lib/step'
import { useUrlState } from '@/lib/url-state'
import { roleSentences } from './RoleChanges'
import { Mistakes } from './row'
import { RulesState, useNewDraft } from './state'
import { type Blueprint, type PartProps, textIn, type Vocabulary } from './types'
import { useDraft } from './useDraft'
import './rules.css'

// The forms, the file and what is asked before a step come when they are looked at.
const FileView = lazy(() => import('./FileView').then(file => ({ default: file.FileView })))
const ReplayPanel = lazy(() => import('./ReplayPanel').then(panel => ({ default: panel.ReplayPanel })))
const ReasonDialog = lazy(() => import('@/components/ReasonDialog').then(dialog => ({ default: dialog.ReasonDialog })))
const parts = () => import('./Parts')

interface Part {
  value: string
  part: ComponentType<PartProps>
  of: keyof NonNullable<Blueprint['text']['document']>
}
const FIRST: Part = {
  value: 'matrix',
  part: lazy(() => parts().then(all => ({ default: all.Matrix }))),
  of: 'approval',
}
const PARTS: Part[] = [
  FIRST,
  { value: 'limits', part: lazy(() => parts().then(all => ({ default: all.Limits }))), of: 'limits' },
  { value: 'gates', part: lazy(() => parts().then(all => ({ default: all.Gates }))), of: 'gate' },
  { value: 'checklist', part: lazy(() => parts().then(all => ({ default: all.ChecklistPart }))), of: 'checklist' },
  { value: 'confirmation', part: lazy(() => import('./ConfirmationPart')), of: 'confirmation' },
  { value: 'cancellation', part: lazy(() => import('./CancellationPart')), of: 'cancellation' },
  { value: 'grade', part: lazy(() => import('./GradePart')), of: 'grade' },
  { value: 'inquiry', part: lazy(() => import('./InquiryPart')), of: 'inquiry' },
  { value: 'proofs', part: lazy(() => parts().then(all => ({ default: all.Proofs }))), of: 'proof' },
  { value: 'clocks', part: lazy(() => import('./ClockPart')), of: 'clock' },
  { value: 'notify', part: lazy(() => import('./NotifyPart')), of: 'notify' },
  { value: 'roles', part: lazy(() => import('./RolePart')), of: 'role' },
  { value: 'numbers', part: lazy(() => import('./NumberPart')), of: 'numbering' },
]

export function RulesEditor() {
  const { number = '' } = useParams()
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['blueprints', number],
    queryFn: () => get<Blueprint>(`/blueprints/${number}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const words = useQuery({
    queryKey: ['blueprints', 'vocabulary'],
    queryFn: () => get<Vocabulary>('/blueprints/vocabulary'),
  })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (words.isError) return <ErrorState error={words.error} onRetry={() => void words.refetch()} />
  if (!found.data || !words.data) return <PageSkeleton />
  const title = found.data.number === 0 ? t('rules:of_product') : t('rules:version', { number: found.data.number })
  return <Editor key={`${number}.${found.data.state}`} blueprint={found.data} vocabulary={words.data} title={title} />
}

function Editor({ blueprint, vocabulary, title }: { blueprint: Blueprint; vocabulary: Vocabulary; title: string }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const may = useCan('blueprint.edit')
  const locked = blueprint.state !== 'draft' || !may
  const draft = useDraft(blueprint)
  const { document, mistakes, sentences } = draft.understood
  const chosen = PARTS.find(part => part.value === url.part) ?? FIRST
  const Part = chosen.part
  const words = useWords(vocabulary, document)
  const counts = Object.fromEntries(PARTS.map(part => [part.value, Object.keys(document?.[part.of] ?? {}).length]))
  return (
    <div className="page">
      <PageHead
        title={title}
        tags={
          <>
            <RulesState row={blueprint} />
            {!locked && (
              <span className="soft" role="status">
                {t(`rules:saving.${draft.saving}`)}
              </span>
            )}
            {mistakes.length > 0 && <StateTag tone="late">{t('rules:wrong', { count: mistakes.length })}</StateTag>}
          </>
        }
      >
        <Buttons blueprint={blueprint} locked={locked} may={may} draft={draft} />
      </PageHead>
      {locked && may && blueprint.state !== 'draft' && <p className="soft">{t('rules:locked')}</p>}
      <div className="rule-columns">
        <div>
          <Tabs
            label={t('nav:rules')}
            tabs={PARTS.map(part => ({
              value: part.value,
              label: `rules:part.${part.value}`,
              count: counts[part.value],
            }))}
            value={chosen.value}
            onChange={value => change({ part: value === 'matrix' ? null : value })}
          />
          <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${chosen.value}`}>
            {document ? (
              <Mistakes value={mistakes}>
                <Suspense fallback={<PageSkeleton lines={6} />}>
                  <Part
                    document={document}
                    sentences={sentences}
                    vocabulary={words}
                    roles={draft.understood.roles}
                    locked={locked}
                    change={draft.change}
                  />
                </Suspense>
              </Mistakes>
            ) : (
              <p className="ink-late">{t('rules:unreadable')}</p>
            )}
          </div>
        </div>
        <Suspense fallback={<PageSkeleton lines={12} />}>
          <FileView
            text={draft.text}
            mistakes={mistakes}
            locked={locked}
            vocabulary={vocabulary}
            onChange={draft.write}
          />
        </Suspense>
      </div>
    </div>
  )
}

/** The vocabulary with the roles that the file itself names. */
function useWords(vocabulary: Vocabulary, document: Blueprint['text']['document']): Vocabulary {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const known = new Set(vocabulary.roles.map(role => role.code))
    const own = (document?.role ?? []).filter(role => role.code && !known.has(role.code))
    const named = own.map(({ code, name }) => ({ id: code, code, name: textIn(name, i18n.language) || code }))
    return { ...vocabulary, roles: [...vocabulary.roles, ...named] }
  }, [vocabulary, document, i18n.language])
}

function Buttons(props: { blueprint: Blueprint; locked: boolean; may: boolean; draft: ReturnType<typeof useDraft> }) {
  const { blueprint, draft } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [open, setOpen] = useState<'replay' | 'activate' | null>(null)
  const create = useNewDraft()
  const activate = usePost<{ why: string }, unknown>(`/blueprints/${blueprint.number}/activate`, {
    version: () => draft.version(),
    done: t('rules:activated', { number: blueprint.number }),
    onDone: () => {
      setOpen(null)
      void client.invalidateQueries({ queryKey: ['blueprints'] })
      void navigate('/rules')
    },
  })
  const discard = () =>
    void draft
      .settled()
      .then(() => remove(`/blueprints/${blueprint.number}`, { version: draft.version() }))
      .then(() => client.invalidateQueries({ queryKey: ['blueprints'] }))
      .then(() => navigate('/rules'))
      .catch((error: unknown) => void message.error(problemText(error), 6))
  const wrong = draft.understood.mistakes.length > 0
  const busy = draft.saving === 'saving'
  return (
    <>
      <Button icon={<DownloadOutlined />} href={`/api/v1/blueprints/${blueprint.number}/file`}>
        {t('rules:export')}
      </Button>
      {props.may && blueprint.state !== 'draft' && (
        <Button
          type="primary"
          icon={<BranchesOutlined />}
          loading={create.isPending}
          onClick={() => create.mutate({ from: blueprint.number, why: '' })}
        >
          {t('rules:draft_from')}
        </Button>
      )}
      {!props.locked && (
        <>
          <Button danger icon={<DeleteOutlined />} onClick={discard}>
            {t('rules:discard')}
          </Button>
          <Button icon={<HistoryOutlined />} disabled={wrong || busy} onClick={() => setOpen('replay')}>
            {t('rules:replay.button')}
          </Button>
          <Button
            type="primary"
            icon={<CheckCircleOutlined />}
            disabled={wrong || busy}
            onClick={() => setOpen('activate')}
          >
            {t('rules:activate')}
          </Button>
        </>
      )}
      <Suspense fallback={null}>
        {open === 'replay' && (
          <ReplayPanel
            number={blueprint.number}
            version={draft.version()}
            roles={draft.understood.roles}
            onClose={() => setOpen(null)}
          />
        )}
        {open === 'activate' && (
          <ReasonDialog
            title={t('rules:activate_title', { number: blueprint.number })}
            confirm={t('rules:activate')}
            consequences={[
              t('rules:consequence.next'),
              t('rules:consequence.old'),
              ...roleSentences(t, draft.understood.roles),
            ]}
            label={t('rules:field.why')}
            busy={activate.isPending}
            onSubmit={why => activate.mutate({ why })}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
    </>
  )
}
