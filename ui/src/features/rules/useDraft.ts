/** A draft of the rules being edited: every change goes through the server, which keeps the text, and saves itself. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { post, put } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'
import type { Blueprint, Patch, Understood } from './types'

/** The text rests so long before it is checked and saved. */
const REST_MS = 600

export type Saving = 'saved' | 'saving' | 'failed'

export function useDraft(blueprint: Blueprint) {
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const [understood, setUnderstood] = useState<Understood>(blueprint.text)
  const [text, setText] = useState(blueprint.text.content)
  const [saving, setSaving] = useState<Saving>('saved')
  const version = useRef(blueprint.version)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const fail = useCallback(
    (error: unknown) => {
      setSaving('failed')
      void message.error(problemText(error), 6)
    },
    [message, problemText],
  )

  const keep = useCallback(
    async (content: string) => {
      const saved = await put<{ version: number }>(
        `/blueprints/${blueprint.number}`,
        { content },
        { version: version.current },
      )
      version.current = saved.version
      setSaving('saved')
      void client.invalidateQueries({ queryKey: ['blueprints'], refetchType: 'none' })
    },
    [blueprint.number, client],
  )

  /** One thing after the other, so that no change is made to an old text. */
  const then = useCallback(
    (act: () => Promise<void>) => {
      setSaving('saving')
      queue.current = queue.current.then(act).catch(fail)
    },
    [fail],
  )

  const latest = useRef(text)
  latest.current = text
  const change = useCallback(
    (...patches: Patch[]) =>
      then(async () => {
        const answer = await post<Understood>('/blueprints/patch', { content: latest.current, patches })
        latest.current = answer.content
        setText(answer.content)
        setUnderstood(answer)
        await keep(answer.content)
      }),
    [then, keep],
  )

  const write = useCallback(
    (content: string) => {
      latest.current = content
      setText(content)
      setSaving('saving')
      clearTimeout(timer.current)
      timer.current = setTimeout(
        () =>
          then(async () => {
            const answer = await post<Understood>('/blueprints/check', { content: latest.current })
            setUnderstood(answer)
            await keep(latest.current)
          }),
        REST_MS,
      )
    },
    [then, keep],
  )
  useEffect(() => () => clearTimeout(timer.current), [])

  return { understood, text, saving, change, write, version: () => version.current, settled: () => queue.current }
}
