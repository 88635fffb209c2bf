import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { remove } from '@/lib/api/client'
import type { Price } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

/** Takes an entry out of the price book. */
export function DeletePrice({ price }: { price: Price }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const step = useMutation({
    mutationFn: () => remove(`/prices/${price.id}`, { version: price.version }),
    onSuccess: () => {
      void message.success(t('price:deleted'))
      void client.invalidateQueries({ queryKey: ['prices'] })
      void client.invalidateQueries({ queryKey: ['products'] })
    },
    onError: error => void message.error(problemText(error), 6),
  })
  return (
    <Popconfirm
      title={t('price:delete_consequence')}
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
        aria-label={t('price:delete_row', { name: price.product.name })}
      />
    </Popconfirm>
  )
}
