/** The bins of a warehouse: added one after the other, renamed, taken out of use. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { requiredRule } from '@/components/form/rules'
import { LineTable } from '@/components/LineTable'
import { get, post, put } from '@/lib/api/client'
import { ApiProblem } from '@/lib/api/problem'
import type { Bin, Warehouse } from '@/lib/api/types'
import { useCan } from '@/lib/session'
import { useProblemText } from '@/lib/step'

interface Values {
  code: string
  name: string
}

export default function BinsDialog({ warehouse, onClose }: { warehouse: Warehouse; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const may = useCan('warehouse.edit')
  const [form] = Form.useForm<Values>()
  const [problem, setProblem] = useState('')
  const key = ['warehouses', warehouse.id, 'bins']
  const query = useQuery({ queryKey: key, queryFn: () => get<Bin[]>(`/warehouses/${warehouse.id}/bins`) })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const fail = (error: unknown) => {
    const fields = error instanceof ApiProblem ? error.errors : []
    const at = (name: keyof Values) => fields.filter(field => field.pointer === `/${name}`).map(field => field.message)
    form.setFields([
      { name: 'code', errors: at('code') },
      { name: 'name', errors: at('name') },
    ])
    setProblem(fields.length > 0 ? '' : problemText(error))
  }
  const add = async (values: Values) => {
    try {
      await post(`/warehouses/${warehouse.id}/bins`, { ...values, name: values.name ?? '' })
      form.resetFields()
      setProblem('')
      await refresh()
      form.focusField('code')
    } catch (error) {
      fail(error)
    }
  }
  const turn = async (bin: Bin, active: boolean) => {
    try {
      await put(`/bins/${bin.id}`, { code: bin.code, name: bin.name, active }, { version: bin.version })
    } catch (error) {
      setProblem(problemText(error))
    }
    await refresh()
  }
  return (
    <Modal open width={620} title={`${warehouse.name} · ${t('warehouse:bins')}`} footer={null} onCancel={onClose}>
      {may && (
        <Form<Values> form={form} layout="vertical" onFinish={values => void add(values)}>
          <div className="pair">
            <Form.Item name="code" label={t('warehouse:bin.code')} rules={[requiredRule(t)]}>
              <Input maxLength={40} autoFocus />
            </Form.Item>
            <Form.Item name="name" label={t('warehouse:bin.name')}>
              <Input
                maxLength={100}
                suffix={
                  <Button type="link" size="small" htmlType="submit">
                    {t('warehouse:bin.add')}
                  </Button>
                }
              />
            </Form.Item>
          </div>
        </Form>
      )}
      {problem && (
        <p className="late" role="alert">
          {problem}
        </p>
      )}
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LineTable
          label={t('warehouse:bins')}
          rows={query.data ?? []}
          rowKey={bin => bin.id}
          empty={t('warehouse:bin.empty')}
          columns={[
            { id: 'code', label: t('warehouse:bin.code'), main: true, render: bin => bin.code },
            { id: 'name', label: t('warehouse:bin.name'), render: bin => bin.name || '–' },
            { id: 'filled', label: t('warehouse:bin.filled'), end: true, render: bin => bin.filled },
            {
              id: 'active',
              label: t('warehouse:field.active'),
              width: 90,
              render: bin => (
                <Switch
                  size="small"
                  checked={bin.active}
                  disabled={!may}
                  aria-label={`${t('warehouse:field.active')} ${bin.code}`}
                  onChange={active => void turn(bin, active)}
                />
              ),
            },
          ]}
        />
      )}
    </Modal>
  )
}
