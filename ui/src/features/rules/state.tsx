/** Where a version of the rules stands, and making another of it. */
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { StateTag } from '@/components/StateTag'
import type { Tone } from '@/lib/api/types'
import { usePost } from '@/lib/step'
import type { BlueprintRow } from './types'

const TONES: Record<string, Tone> = { draft: 'going', active: 'done', retired: 'idle' }

export function RulesState({ row }: { row: Pick<BlueprintRow, 'state'> }) {
  const { t } = useTranslation()
  return <StateTag tone={TONES[row.state] ?? 'idle'}>{t(`rules:state.${row.state}`)}</StateTag>
}

/** Makes a draft and opens it. */
export function useNewDraft() {
  const navigate = useNavigate()
  return usePost<{ from?: number; ready?: string; content?: string; why: string }, { id: string }>('/blueprints', {
    onDone: made => void navigate(`/rules/${made.id}`),
  })
}
