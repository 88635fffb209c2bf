import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { requiredRule } from '@/components/form/rules'
import { LANGUAGES } from '@/lib/i18n'
import './worker.css'

/** A code, which stays once it is given, and a name in each language. */
export function NameFields({ known }: { known: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="code" label={t('task:kinds.code')} rules={[requiredRule(t)]}>
        <Input maxLength={40} disabled={known} autoFocus={!known} />
      </Form.Item>
      <div className="triple">
        {LANGUAGES.map(language => (
          <Form.Item
            key={language.code}
            name={['name', language.code]}
            label={t('task:kinds.name_in', { language: language.name })}
            rules={[requiredRule(t)]}
          >
            <Input maxLength={60} />
          </Form.Item>
        ))}
      </div>
    </>
  )
}
