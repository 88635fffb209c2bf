import { useTranslation } from 'react-i18next'
import { DeleteRow } from '@/components/DeleteRow'

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
  return (
    <DeleteRow
      path={`/${noun}/${row.id}`}
      version={row.version}
      shownIn={[noun]}
      label={`${t('common:delete')} ${name}`}
      consequence={consequence}
      done={done}
    />
  )
}
