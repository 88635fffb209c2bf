import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/lib/api/client'
import type { Tested } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

/** Sends a test and tells what the other side answered. */
export function useTest(path: string) {
  const { t } = useTranslation()
  const message = useMessage()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: (body: object) => post<Tested>(path, body),
    onSuccess: ({ ok, answer }) => {
      const text = [t(ok ? 'notification:test.ok' : 'notification:test.failed'), answer].filter(Boolean).join('：')
      void (ok ? message.success(text, 6) : message.error(text, 10))
    },
    onError: error => void message.error(problemText(error), 6),
  })
}

export function TestButton({ path, name }: { path: string; name: string }) {
  const { t } = useTranslation()
  const test = useTest(path)
  const label = t('notification:test.run')
  return (
    <Button size="small" loading={test.isPending} aria-label={`${label} ${name}`} onClick={() => test.mutate({})}>
      {label}
    </Button>
  )
}
