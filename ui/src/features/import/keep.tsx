import { SaveOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { put } from '@/lib/api/client'
import type { ImportSheet, ImportTemplate, Mapping } from '@/lib/api/types'
import { currentLanguage } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { asTemplate, isTemplateName } from './mapping'

/** Keeps what was said of the columns as a template, so that files like these are known from now on. */
export function KeepTemplate({ mapping, sheets }: { mapping: Mapping; sheets: ImportSheet[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const message = useMessage()
  const [open, setOpen] = useState(false)
  const save = async ({ name, title }: { name: string; title: string }) => {
    const content = {
      ...asTemplate(mapping, sheets),
      name,
      title: { ...mapping.title, [currentLanguage()]: title || name },
    }
    const kept = await put<ImportTemplate>(`/import/mappings/${name}`, { content })
    await client.invalidateQueries({ queryKey: ['imports', 'templates'] })
    void message.success(t('import:map.kept', { name: kept.title || kept.name }))
    setOpen(false)
  }
  return (
    <>
      <Button icon={<SaveOutlined />} disabled={mapping.source.length === 0} onClick={() => setOpen(true)}>
        {t('import:map.keep_as')}
      </Button>
      {open && (
        <FormDialog<{ name: string; title: string }>
          title={t('import:map.keep_as')}
          draftKey={null}
          width={420}
          initial={{ name: '', title: '' }}
          onSubmit={save}
          onClose={() => setOpen(false)}
        >
          <Form.Item name="title" label={t('import:map.keep_name')}>
            <Input autoFocus maxLength={60} />
          </Form.Item>
          <Form.Item
            name="name"
            label={t('import:map.keep_code')}
            extra={t('import:map.check.name')}
            rules={[
              {
                required: true,
                validator: (_, value?: string) =>
                  isTemplateName(value ?? '')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('import:map.check.name'))),
              },
            ]}
          >
            <Input maxLength={40} className="mono" placeholder="shop-orders" />
          </Form.Item>
        </FormDialog>
      )}
    </>
  )
}
