/** Who is away and who stands in; one's own, or with permission anybody's. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule } from '@/components/form/rules'
import { get, post, put, remove } from '@/lib/api/client'
import type { Absence } from '@/lib/api/types'
import { today } from '@/lib/format'
import { useMessage } from '@/lib/message'
import { useSession } from '@/lib/session'
import { useProblemText } from '@/lib/step'
import { useSubstitutes } from './absences'

interface Values {
  user_id: string
  substitute_id: string | null
  from_on: string | null
  to_on: string | null
  note: string
}

interface Props {
  /** Id of the absence; `new` for another one. */
  id: string
  /** Only for oneself. */
  own?: boolean
  onClose: () => void
}

export function AbsenceForm({ id, own, onClose }: Props) {
  const found = useQuery({
    queryKey: ['absences', 'one', id],
    queryFn: () => get<Absence>(`/absences/${id}`),
    enabled: id !== 'new',
  })
  if (id === 'new') return <Fields absence={null} own={own} onClose={onClose} />
  return found.data ? <Fields key={found.data.version} absence={found.data} own={own} onClose={onClose} /> : null
}

function Fields({ absence, own, onClose }: { absence: Absence | null } & Pick<Props, 'own' | 'onClose'>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const problemText = useProblemText()
  const { session, can } = useSession()
  const people = useSubstitutes().data ?? []
  const forOthers = !own && can('absence.edit')
  const options = people.map(person => ({ value: person.id, label: person.name }))
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['absences'] })
    void message.success(text)
    onClose()
  }
  const save = async (values: Values) => {
    if (absence) await put(`/absences/${absence.id}`, values, { version: absence.version })
    else await post('/absences', values)
    await done(t('absence:saved'))
  }
  const cancel = async () => {
    if (!absence) return
    try {
      await remove(`/absences/${absence.id}`, { version: absence.version })
      await done(t('absence:deleted'))
    } catch (error) {
      void message.error(problemText(error), 6)
    }
  }
  return (
    <FormDialog<Values>
      title={t(absence ? 'absence:edit' : 'absence:new')}
      draftKey={null}
      initial={{
        user_id: absence?.user.id ?? session.user.id,
        substitute_id: absence?.substitute.id ?? null,
        from_on: absence?.from_on ?? today(),
        to_on: absence?.to_on ?? null,
        note: absence?.note ?? '',
      }}
      onSubmit={save}
      onClose={onClose}
    >
      {forOthers && (
        <Form.Item name="user_id" label={t('absence:field.user')} rules={[chosenRule(t)]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options} disabled={absence !== null} />
        </Form.Item>
      )}
      <Form.Item
        name="substitute_id"
        label={t('absence:field.substitute')}
        extra={t('absence:hint.substitute')}
        rules={[chosenRule(t)]}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="from_on" label={t('absence:field.from_on')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="to_on" label={t('absence:field.to_on')} rules={[chosenRule(t)]}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('common:note')}>
        <Input maxLength={500} />
      </Form.Item>
      {absence && (
        <Button type="link" danger style={{ paddingInline: 0 }} onClick={() => void cancel()}>
          {t('absence:delete')}
        </Button>
      )}
    </FormDialog>
  )
}
