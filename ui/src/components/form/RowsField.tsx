/** Rows of a form, such as contacts or lines: add, remove, Ctrl+Enter for the next one, and one of them marked where needed. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './form.css'

export interface RowField {
  id: string
  label: string
  /** Columns it takes; one unless told. */
  span?: number
  rules?: React.ComponentProps<typeof Form.Item>['rules']
  control: ReactNode
}

interface Props<Row> {
  name: string
  label: string
  fields: RowField[]
  /** Widths of the columns as CSS grid tracks. */
  template: string
  /** Labels stand above every row, not only above the first. */
  labelled?: boolean
  blank: Row
  addLabel: string
  /** So many rows stay. */
  least?: number
  /** The field of which exactly one row is true, and what it is called. */
  one?: { field: string; label: string }
}

/** When a field is looked at: as it is typed, and when it is left where a rule waits for that. */
function triggers({ rules = [] }: RowField): string[] {
  const waits = rules.some(rule => typeof rule === 'object' && rule.validateTrigger === 'onBlur')
  return waits ? ['onChange', 'onBlur'] : ['onChange']
}

export function RowsField<Row extends object>(props: Props<Row>) {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const { one } = props
  const mark = (chosen: number) => {
    const rows = (form.getFieldValue(props.name) ?? []) as Row[]
    form.setFieldValue(
      props.name,
      rows.map((row, index) => ({ ...row, [one?.field ?? '']: index === chosen })),
    )
  }
  return (
    <Form.List name={props.name}>
      {(rows, { add, remove }) => {
        const values = (form.getFieldValue(props.name) ?? []) as Record<string, unknown>[]
        const addRow = () => add({ ...props.blank, ...(one && rows.length === 0 ? { [one.field]: true } : {}) })
        const removeRow = (index: number) => {
          const marked = one !== undefined && values[index]?.[one.field] === true
          remove(index)
          if (marked && rows.length > 1) mark(0)
        }
        return (
          <div className={`rows-field${props.labelled ? ' labelled' : ''}`} role="group" aria-label={props.label}>
            {rows.map(({ key, name }) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields inside
              <div
                key={key}
                className="rows-row"
                onKeyDown={event => {
                  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) addRow()
                }}
              >
                <div className="rows-cells" style={{ gridTemplateColumns: props.template }}>
                  {props.fields.map(field => (
                    <Form.Item
                      key={field.id}
                      name={[name, field.id]}
                      label={field.label}
                      rules={field.rules}
                      validateTrigger={triggers(field)}
                      style={field.span ? { gridColumn: `span ${field.span}` } : undefined}
                    >
                      {field.control}
                    </Form.Item>
                  ))}
                </div>
                <div className="rows-side">
                  {one && (
                    <label className="row">
                      <input type="radio" checked={values[name]?.[one.field] === true} onChange={() => mark(name)} />
                      {one.label}
                    </label>
                  )}
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('form:row.remove', { row: name + 1 })}
                    disabled={rows.length <= (props.least ?? 0)}
                    onClick={() => removeRow(name)}
                  />
                </div>
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={addRow}>
              {props.addLabel}
            </Button>
          </div>
        )
      }}
    </Form.List>
  )
}
