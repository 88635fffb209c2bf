import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePost } from '@/lib/step'
import { StateTag } from './StateTag'

/** Nothing for what is in use; what is not says so. */
export function InactiveTag({ active }: { active: boolean }) {
  const { t } = useTranslation()
  return active ? null : <StateTag tone="idle">{t('common:inactive')}</StateTag>
}

interface Props {
  /** The list it stands in, as the first part of query keys: `customers`. */
  noun: string
  /** Its address under the API, `/customers/{id}`. */
  path: string
  active: boolean
  /** What follows from taking it out of use. */
  consequence: string
  /** Said when it is done. */
  done: string
}

/** Takes a master record out of use, naming what follows, or back into it. */
export function ActiveButton({ noun, path, active, consequence, done }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const verb = active ? 'deactivate' : 'activate'
  const step = usePost<object, unknown>(`${path}/${verb}`, {
    done,
    onDone: () => void client.invalidateQueries({ queryKey: [noun] }),
  })
  const label = t(active ? 'form:deactivate' : 'form:activate')
  if (!active) {
    return (
      <Button loading={step.isPending} onClick={() => step.mutate({})}>
        {label}
      </Button>
    )
  }
  return (
    <Popconfirm
      title={consequence}
      icon={null}
      okText={label}
      okButtonProps={{ danger: true }}
      cancelText={t('common:back')}
      placement="bottomRight"
      onConfirm={() => step.mutate({})}
    >
      <Button loading={step.isPending}>{label}</Button>
    </Popconfirm>
  )
}
