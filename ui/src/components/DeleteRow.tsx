import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { remove } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

interface Given {
  /** Its address in the API. */
  path: string
  version: number
  /** Lists that show it. */
  shownIn: string[]
  /** What the button is called for those who do not see it. */
  label: string
  /** What follows from it. */
  consequence: string
  /** Said when it is gone. */
  done: string
}

/** Takes a row out of a list, after saying what follows. */
export function DeleteRow({ path, version, shownIn, label, consequence, done }: Given) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const step = useMutation({
    mutationFn: () => remove(path, { version }),
    onSuccess: () => {
      void message.success(done)
      for (const list of shownIn) void client.invalidateQueries({ queryKey: [list] })
    },
    onError: error => void message.error(problemText(error), 6),
  })
  return (
    <Popconfirm
      title={consequence}
      icon={null}
      okText={t('common:delete')}
      okButtonProps={{ danger: true }}
      cancelText={t('common:back')}
      onConfirm={() => step.mutate()}
    >
      <Button type="text" size="small" icon={<DeleteOutlined />} loading={step.isPending} aria-label={label} />
    </Popconfirm>
  )
}
