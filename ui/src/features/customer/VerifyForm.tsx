import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { post } from '@/lib/api/client'
import type { Customer } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

const CHECKS = ['licence', 'phone', 'address'] as const

interface Values {
  checks: string[]
  note: string
}

/** What was looked at of a new customer: licence, phone, address (PTY-04). */
export default function VerifyForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const submit = async (values: Values) => {
    await post(
      `/customers/${customer.id}/verify`,
      { ...values, note: values.note ?? '' },
      { version: customer.version },
    )
    void message.success(t('customer:verify.done'))
    void client.invalidateQueries({ queryKey: ['customers'] })
    onClose()
  }
  const main = customer.contacts.find(contact => contact.primary) ?? customer.contacts[0]
  const place = customer.addresses.find(address => address.default) ?? customer.addresses[0]
  const said: Record<(typeof CHECKS)[number], string> = {
    licence: [customer.name, customer.credit_code, `${t('customer:field.grade')} ${customer.grade}`]
      .filter(Boolean)
      .join(' · '),
    phone: [main?.name, main?.phone].filter(Boolean).join(' · '),
    address: [place?.province, place?.city, place?.district, place?.street].filter(Boolean).join(' '),
  }
  return (
    <FormDialog<Values>
      title={t('customer:verify.title', { name: customer.name })}
      draftKey={null}
      initial={{ checks: [], note: '' }}
      submitLabel={t('customer:verify.verb')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="checks"
        label={t('customer:verify.checks')}
        rules={[
          {
            validator: (_, value: string[] = []) =>
              value.length === CHECKS.length ? Promise.resolve() : Promise.reject(new Error(t('customer:verify.open'))),
          },
        ]}
      >
        <Checkbox.Group>
          {CHECKS.map(check => (
            <Checkbox key={check} value={check} style={{ width: '100%' }}>
              {t(`customer:verify.check.${check}`)} <span className="soft">{said[check] || '–'}</span>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
      <Form.Item name="note" label={t('customer:verify.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
