import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { remove } from '@/lib/api/client'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

interface Props {
  noun: 'webhooks' | 'robots'
  row: { id: string; version: number }
  name: string
  consequence: string
  done: string
}

/** Takes a webhook or a robot away. */
export function DeleteEndpoint({ noun, row, name, consequence, done }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const step = useMutation({
    mutationFn: () => remove(`/${noun}/${row.id}`, { version: row.version }),
    onSuccess: () => {
      void message.success(done)
      void client.invalidateQueries({ queryKey: [noun] })
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
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        loading={step.isPending}
        aria-label={`${t('common:delete')} ${name}`}
      />
    </Popconfirm>
  )
}
