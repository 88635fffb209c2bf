import { useQueryClient } from '@tanstack/react-query'
import { Form, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { post, put } from '@/lib/api/client'
import type { Skill } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { NameFields } from './NameFields'

type Values = Pick<Skill, 'code' | 'name' | 'active'>

const NEW: Values = { code: '', name: { 'zh-CN': '', 'zh-TW': '', en: '' }, active: true }

/** A new skill, or one to be changed. */
export function SkillForm({ skill, onClose }: { skill: Skill | null; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const save = async ({ code, ...values }: Values) => {
    if (skill) await put(`/skills/${skill.code}`, values, { version: skill.version })
    else await post('/skills', { code, ...values })
    await client.invalidateQueries({ queryKey: ['workers'] })
    void message.success(t('common:saved'))
    onClose()
  }
  const { code, name, active } = skill ?? NEW
  return (
    <FormDialog<Values>
      title={t(skill ? 'task:skills.edit' : 'task:skills.new')}
      draftKey={`skill.${skill ? `${skill.code}.${skill.version}` : 'new'}`}
      initial={{ code, name, active }}
      onSubmit={save}
      onClose={onClose}
    >
      <NameFields known={skill !== null} />
      <Form.Item name="active" label={t('form:active')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  )
}
