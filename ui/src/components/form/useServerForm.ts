/** What every form needs of the server: its errors at their fields, and what was typed kept until it is saved. */
import type { FormInstance } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '@/lib/api/problem'
import { readDraft, useDraftSaver } from '@/lib/drafts'
import { useProblemText } from '@/lib/step'
import { placeErrors } from './placeErrors'

interface Options<Values extends object> {
  form: FormInstance<Values>
  /** Under which the draft is kept; `null` for what must not lie in a browser, such as passwords. */
  draftKey: string | null
  /** Sends the values; throws what the client throws. */
  onSubmit: (values: Values) => Promise<void>
}

export function useServerForm<Values extends object>({ form, draftKey, onSubmit }: Options<Values>) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [draft, setDraft] = useState(() => (draftKey === null ? null : readDraft<Values>(draftKey)))
  const { save, drop } = useDraftSaver<Values>(draftKey ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string[]>([])

  useEffect(() => {
    if (draft) form.setFieldsValue(draft.value as Parameters<typeof form.setFieldsValue>[0])
  }, [draft, form])

  const submit = async () => {
    setBusy(true)
    setProblem([])
    try {
      await onSubmit(form.getFieldsValue(true) as Values)
      if (draftKey !== null) drop()
    } catch (error) {
      const loose = placeErrors(form, error)
      const placedAll = error instanceof ApiProblem && error.errors.length > 0 && loose.length === 0
      setProblem(loose.length > 0 ? loose : placedAll ? [t('common:fix_fields')] : [problemText(error)])
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    problem,
    submit,
    /** When the restored draft was kept; `null` if there was none. */
    draftAt: draft ? new Date(draft.at).toISOString() : null,
    discardDraft: () => {
      drop()
      setDraft(null)
      form.resetFields()
    },
    /** To be called when a value changes. */
    keep: () => {
      if (draftKey !== null) save(form.getFieldsValue(true) as Values)
    },
  }
}
