/** The customers that may be the one being entered, and why it is another one; loaded when there is one. */
import { Checkbox, Form, type FormInstance, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { requiredRule } from '@/components/form/rules'
import { StateTag } from '@/components/StateTag'
import { WordTag } from '@/components/WordTag'
import type { SimilarCustomer } from '@/lib/api/types'
import type { CustomerInput } from './input'
import { Reasons } from './Reasons'
import './customer.css'

function One({ one }: { one: SimilarCustomer }) {
  const { t } = useTranslation()
  return (
    <li className="row wrap">
      <Link to={`/customers/${one.id}`} target="_blank" rel="noreferrer">
        {one.name}
      </Link>
      <span className="soft">{one.code}</span>
      <Reasons reasons={one.reasons} nameScore={one.name_score} />
      {one.refused && <StateTag tone="late">{t('customer:similar.refused')}</StateTag>}
      {!one.active && <WordTag>{t('common:inactive')}</WordTag>}
    </li>
  )
}

interface Props {
  form: FormInstance<CustomerInput>
  similar: SimilarCustomer[]
  /** Whether the name is another one than it was. */
  renamed: boolean
}

export default function SimilarList({ form, similar, renamed }: Props) {
  const { t } = useTranslation()
  const sure = Form.useWatch('duplicate_sure', form)
  const needed = renamed && similar.some(one => one.needs_reason && !one.refused)
  const refused = similar.some(one => one.refused)
  return (
    <section
      className={`similar wide${needed || refused ? ' similar-needed' : ''}`}
      aria-live="polite"
      aria-label={t('customer:similar.title')}
    >
      <h3>{t('customer:similar.title')}</h3>
      <ul className="plain-list">
        {similar.map(one => (
          <One key={one.id} one={one} />
        ))}
      </ul>
      {needed && (
        <Form.Item
          name="duplicate_sure"
          valuePropName="checked"
          rules={[
            {
              validator: (_, ticked?: boolean) =>
                ticked ? Promise.resolve() : Promise.reject(new Error(t('customer:similar.tick'))),
            },
          ]}
        >
          <Checkbox>{t('customer:similar.sure')}</Checkbox>
        </Form.Item>
      )}
      {needed && sure && (
        <Form.Item name="duplicate_reason" label={t('customer:similar.reason')} rules={[requiredRule(t)]}>
          <Input maxLength={200} placeholder={t('customer:similar.reason_hint')} />
        </Form.Item>
      )}
    </section>
  )
}
