import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import { type CustomerGrade, GRADES } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

interface Values {
  grade?: string
  reason: string
}

/** Another grade than the rule's, with the reason; the one the customer has holds until somebody else approves. */
export default function ProposeForm({ row, onClose }: { row: CustomerGrade; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const submit = async (values: Values) => {
    await post(`/customers/${row.customer.id}/grade/propose`, values, { version: row.version })
    void message.success(t('grade:proposed'))
    void client.invalidateQueries({ queryKey: ['customers'] })
    onClose()
  }
  const others = GRADES.filter(grade => grade !== row.grade)
  return (
    <FormDialog<Values>
      title={t('grade:propose_title', { name: row.customer.name, grade: row.grade })}
      draftKey={null}
      initial={{ reason: '' }}
      submitLabel={t('grade:propose')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="soft">{t('grade:propose_hint', { grade: row.grade })}</p>
      <Form.Item name="grade" label={t('grade:new_grade')} rules={[chosenRule(t)]}>
        <Select options={others.map(value => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('common:reason')} rules={[requiredRule(t)]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
