import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { get, post, put } from '@/lib/api/client'
import type { Page, Warehouse } from '@/lib/api/types'
import { useMessage } from '@/lib/message'

type WarehouseInput = Pick<Warehouse, 'code' | 'name' | 'address' | 'active' | 'also_from'>

const NEW: WarehouseInput = { code: '', name: '', address: '', active: true, also_from: [] }

/** A new warehouse (`id` is `new`), or one to be changed. */
export function WarehouseForm({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['warehouses', 'all'],
    queryFn: () => get<Page<Warehouse>>('/warehouses', { limit: 200 }),
    enabled: id !== 'new',
  })
  if (id === 'new') return <Fields warehouse={null} onClose={onClose} />
  const warehouse = found.data?.items.find(item => item.id === id)
  return warehouse ? <Fields warehouse={warehouse} onClose={onClose} /> : null
}

function Fields({ warehouse, onClose }: { warehouse: Warehouse | null; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const { code, name, address, active, also_from } = warehouse ?? NEW
  const all = useQuery({
    queryKey: ['warehouses', 'all'],
    queryFn: () => get<Page<Warehouse>>('/warehouses', { limit: 200 }),
  })
  const save = async (values: WarehouseInput) => {
    if (warehouse) await put(`/warehouses/${warehouse.id}`, values, { version: warehouse.version })
    else await post('/warehouses', values)
    await client.invalidateQueries({ queryKey: ['warehouses'] })
    void message.success(t('warehouse:saved'))
    onClose()
  }
  return (
    <FormDialog<WarehouseInput>
      title={t(warehouse ? 'warehouse:edit' : 'warehouse:new')}
      draftKey={`warehouse.${warehouse ? `${warehouse.id}.${warehouse.version}` : 'new'}`}
      initial={{ code, name, address, active, also_from }}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="pair">
        <Form.Item name="code" label={t('warehouse:field.code')} rules={[requiredRule(t)]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="name" label={t('warehouse:field.name')} rules={[requiredRule(t)]}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="address" label={t('warehouse:field.address')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="also_from" label={t('warehouse:field.also_from')} extra={t('warehouse:hint.also_from')}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={(all.data?.items ?? [])
            .filter(other => other.id !== warehouse?.id)
            .map(other => ({ value: other.id, label: `${other.code} ${other.name}` }))}
        />
      </Form.Item>
      <Form.Item
        name="active"
        label={t('warehouse:field.active')}
        valuePropName="checked"
        extra={t('warehouse:hint.inactive')}
      >
        <Switch />
      </Form.Item>
    </FormDialog>
  )
}
