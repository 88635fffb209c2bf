import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { remove } from '@/lib/api/client'
import type { ExchangeRate } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useProblemText } from '@/lib/step'

/** Takes an exchange rate back. */
export function DeleteExchangeRate({ rate }: { rate: ExchangeRate }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const step = useMutation({
    mutationFn: () => remove(`/exchange-rates/${rate.id}`, { version: rate.version }),
    onSuccess: () => {
      void message.success(t('exchange-rate:deleted'))
      void client.invalidateQueries({ queryKey: ['exchange-rates'] })
    },
    onError: error => void message.error(problemText(error), 6),
  })
  return (
    <Popconfirm
      title={t('exchange-rate:delete_consequence')}
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
        aria-label={t('exchange-rate:delete_row', { name: `${rate.currency} ${rate.valid_from}` })}
      />
    </Popconfirm>
  )
}
