import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { FormDialog } from '@/components/form/FormDialog'
import { chosenRule, numberRule } from '@/components/form/rules'
import { Pick } from '@/components/Pick'
import { post, put } from '@/lib/api/client'
import type { Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { type Agent, BASES, useRefreshAgents } from './queries'

interface Values {
  customer_id: string | null
  commission_rate: string | null
  basis: (typeof BASES)[number]
  notes: string
  active: boolean
}

/** The terms of a new agent, or of one that is there. */
export default function AgentForm(props: { agent: Agent | null; onClose: () => void; onDone?: (id: string) => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshAgents()
  const { agent } = props
  const save = async ({ customer_id, active, ...terms }: Values) => {
    const saved = agent
      ? await put<Saved>(`/agents/${agent.id}`, { ...terms, active }, { version: agent.version })
      : await post<Saved>('/agents', { ...terms, customer_id })
    refresh()
    void message.success(t('agent:saved'))
    props.onClose()
    props.onDone?.(saved.id)
  }
  return (
    <FormDialog<Values>
      title={agent ? t('agent:edit') : t('agent:new')}
      draftKey={`agent.${agent ? `${agent.id}.${agent.version}` : 'new'}`}
      initial={{
        customer_id: agent?.id ?? null,
        commission_rate: agent?.commission_rate ?? null,
        basis: agent?.basis ?? 'invoiced',
        notes: agent?.notes ?? '',
        active: agent?.active ?? true,
      }}
      onSubmit={save}
      onClose={props.onClose}
    >
      {!agent && (
        <Form.Item name="customer_id" label={t('agent:field.name')} rules={[chosenRule(t)]}>
          <Pick kind="customer" clearable={false} autoFocus />
        </Form.Item>
      )}
      <div className="pair">
        <Form.Item
          name="commission_rate"
          label={t('agent:field.commission_rate')}
          rules={[numberRule(t, { required: true, min: '0', max: '100', digits: 2 })]}
        >
          <DecimalInput suffix="%" />
        </Form.Item>
        <Form.Item name="basis" label={t('agent:field.basis')} extra={t('agent:basis_hint')}>
          <Select options={BASES.map(value => ({ value, label: t(`agent:basis.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="notes" label={t('agent:field.notes')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {agent && (
        <Form.Item name="active" valuePropName="checked" extra={t('agent:active_hint')}>
          <Checkbox>{t('agent:active')}</Checkbox>
        </Form.Item>
      )}
      <p className="soft">{t('agent:kept_hint')}</p>
    </FormDialog>
  )
}
