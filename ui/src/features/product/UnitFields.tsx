/** Further units of a product with exact ratios: 1 箱 = 24 瓶. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormSection } from '@/components/form/FormPage'
import { requiredRule } from '@/components/form/rules'
import './product.css'

export function UnitFields() {
  const { t } = useTranslation()
  const base = Form.useWatch<string | undefined>('unit') || t('product:field.unit')
  return (
    <FormSection title={t('product:section.units')}>
      <div className="wide">
        <Form.List name="units">
          {(fields, { add, remove }) => (
            <>
              {fields.map(field => (
                <div key={field.key} className="unit-row">
                  <Form.Item name={[field.name, 'name']} label={t('product:unit.name')} rules={[requiredRule(t)]}>
                    <Input maxLength={20} placeholder="箱" />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'ratio']}
                    label={t('product:unit.ratio', { base })}
                    tooltip={t('product:unit.ratio_hint')}
                    rules={[requiredRule(t)]}
                  >
                    <Input maxLength={30} placeholder="24" />
                  </Form.Item>
                  <Form.Item name={[field.name, 'barcode']} label={t('product:field.barcode')}>
                    <Input maxLength={20} inputMode="numeric" onPressEnter={event => event.preventDefault()} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'sold']} valuePropName="checked" label={t('product:unit.sold')}>
                    <Checkbox>{t('product:unit.sold_yes')}</Checkbox>
                  </Form.Item>
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t('product:unit.remove', { no: field.name + 1 })}
                    onClick={() => remove(field.name)}
                  />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ name: '', ratio: '', barcode: '', sold: true })}>
                {t('product:unit.add')}
              </Button>
            </>
          )}
        </Form.List>
      </div>
    </FormSection>
  )
}
