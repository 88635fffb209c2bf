/** What of a product can be chosen: groups with choices and what they add, and what goes together. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { requiredRule } from '@/components/form/rules'
import { WholeInput } from '@/components/form/WholeInput'
import type { ProductOptions } from '@/lib/api/types'
import './product.css'

export default function OptionFields() {
  const { t } = useTranslation()
  return (
    <div className="wide option-fields">
      <Form.List name={['options', 'groups']}>
        {(groups, { add, remove }) => (
          <>
            {groups.map(group => (
              <fieldset key={group.key}>
                <legend>{t('product:option.group', { no: group.name + 1 })}</legend>
                <div className="option-row">
                  <Form.Item name={[group.name, 'code']} label={t('product:option.code')} rules={[requiredRule(t)]}>
                    <Input maxLength={40} />
                  </Form.Item>
                  <Form.Item name={[group.name, 'name']} label={t('product:option.name')} rules={[requiredRule(t)]}>
                    <Input maxLength={100} />
                  </Form.Item>
                  <Form.Item name={[group.name, 'min']} label={t('product:option.min')}>
                    <InputNumber min={0} max={50} precision={0} />
                  </Form.Item>
                  <Form.Item name={[group.name, 'max']} label={t('product:option.max')}>
                    <InputNumber min={1} max={50} precision={0} />
                  </Form.Item>
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t('product:option.remove_group', { no: group.name + 1 })}
                    onClick={() => remove(group.name)}
                  />
                </div>
                <Choices group={group.name} />
              </fieldset>
            ))}
            <Button
              icon={<PlusOutlined />}
              onClick={() => add({ code: '', name: '', min: 0, max: 1, choices: [{ code: '', name: '', price: '0' }] })}
            >
              {t('product:option.add_group')}
            </Button>
          </>
        )}
      </Form.List>
      <Rules />
    </div>
  )
}

function Choices({ group }: { group: number }) {
  const { t } = useTranslation()
  return (
    <Form.List name={[group, 'choices']}>
      {(choices, { add, remove }) => (
        <>
          {choices.map(choice => (
            <div key={choice.key} className="option-row choice">
              <Form.Item name={[choice.name, 'code']} label={t('product:option.choice_code')} rules={[requiredRule(t)]}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name={[choice.name, 'name']} label={t('product:option.choice_name')} rules={[requiredRule(t)]}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name={[choice.name, 'price']} label={t('product:option.price')}>
                <DecimalInput />
              </Form.Item>
              <Button
                icon={<DeleteOutlined />}
                aria-label={t('product:option.remove_choice', { no: choice.name + 1 })}
                onClick={() => remove(choice.name)}
              />
            </div>
          ))}
          <Button size="small" onClick={() => add({ code: '', name: '', price: '0' })}>
            {t('product:option.add_choice')}
          </Button>
        </>
      )}
    </Form.List>
  )
}

function Rules() {
  const { t } = useTranslation()
  const groups = Form.useWatch<ProductOptions['groups'] | undefined>(['options', 'groups']) ?? []
  const codes = groups
    .flatMap(group => group?.choices ?? [])
    .filter(choice => choice?.code)
    .map(choice => ({ value: choice.code, label: choice.name || choice.code }))
  const kinds = ['requires', 'excludes'].map(value => ({ value, label: t(`product:option.${value}`) }))
  return (
    <>
      <Form.List name={['options', 'rules']}>
        {(rules, { add, remove }) => (
          <fieldset>
            <legend>{t('product:option.rules')}</legend>
            {rules.map(rule => (
              <div key={rule.key} className="option-row rule">
                <Form.Item name={[rule.name, 'choice']} rules={[requiredRule(t)]}>
                  <Select aria-label={t('product:option.rule_choice', { no: rule.name + 1 })} options={codes} />
                </Form.Item>
                <Form.Item name={[rule.name, 'kind']}>
                  <Select aria-label={t('product:option.rule_kind', { no: rule.name + 1 })} options={kinds} />
                </Form.Item>
                <Form.Item name={[rule.name, 'other']} rules={[requiredRule(t)]}>
                  <Select aria-label={t('product:option.rule_other', { no: rule.name + 1 })} options={codes} />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined />}
                  aria-label={t('product:option.remove_rule', { no: rule.name + 1 })}
                  onClick={() => remove(rule.name)}
                />
              </div>
            ))}
            <Button size="small" onClick={() => add({ kind: 'requires' })}>
              {t('product:option.add_rule')}
            </Button>
          </fieldset>
        )}
      </Form.List>
      <Form.Item
        name={['options', 'freeze_days']}
        label={t('product:option.freeze_days')}
        tooltip={t('product:option.freeze_hint')}
      >
        <WholeInput max={3660} />
      </Form.Item>
    </>
  )
}
