/** Charges and allowances of an order or a quotation: what for, how much or which share of the goods, and their tax. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/form/DecimalInput'
import { CHARGE_KINDS, type ChargeEntry, emptyCharge, isTyped } from '@/lib/charges'
import { useNarrow } from '@/lib/viewport'
import './charges.css'

interface Props {
  charges: ChargeEntry[]
  onClose: () => void
  onTake: (charges: ChargeEntry[]) => void
}

export default function ChargesDrawer({ charges, onClose, onTake }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [rows, setRows] = useState<ChargeEntry[]>(charges.length > 0 ? charges : [emptyCharge()])
  const set = (place: number, change: Partial<ChargeEntry>) =>
    setRows(now => now.map((row, at) => (at === place ? { ...row, ...change } : row)))
  return (
    <Drawer
      open
      title={t('order:charge.title')}
      onClose={onClose}
      size={narrow ? '100%' : 760}
      footer={
        <div className="charges-foot">
          <Button icon={<PlusOutlined />} onClick={() => setRows(now => [...now, emptyCharge()])}>
            {t('order:charge.add')}
          </Button>
          <Button type="primary" onClick={() => onTake(rows.filter(isTyped))}>
            {t('order:charge.take')}
          </Button>
        </div>
      }
    >
      <p className="soft">{t('order:charge.hint')}</p>
      <ul className="charges">
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
          <li key={place}>
            <ChargeRow row={row} no={place + 1} set={change => set(place, change)} />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('order:charge.remove', { no: place + 1 })}
              onClick={() => setRows(now => now.filter((_, at) => at !== place))}
            />
          </li>
        ))}
      </ul>
    </Drawer>
  )
}

function ChargeRow({ row, no, set }: { row: ChargeEntry; no: number; set: (change: Partial<ChargeEntry>) => void }) {
  const { t } = useTranslation()
  const label = (key: string) => `${t(`order:charge.${key}`)} ${no}`
  return (
    <>
      <Select
        aria-label={label('side')}
        value={row.allowance}
        onChange={allowance => set({ allowance })}
        options={[
          { value: false, label: t('order:charge.charge') },
          { value: true, label: t('order:charge.allowance') },
        ]}
      />
      <Select
        aria-label={label('kind_label')}
        value={row.kind}
        onChange={kind => set({ kind })}
        options={CHARGE_KINDS.map(value => ({ value, label: t(`order:charge.kind.${value}`) }))}
      />
      <Input
        aria-label={label('text')}
        placeholder={t('order:charge.text')}
        maxLength={100}
        status={row.kind === 'other' && row.text.trim() === '' && row.value !== '' ? 'error' : undefined}
        value={row.text}
        onChange={event => set({ text: event.target.value })}
      />
      <DecimalInput aria-label={label('value')} value={row.value} onChange={value => set({ value: value ?? '' })} />
      <Select
        aria-label={label('measure')}
        value={row.percent}
        onChange={percent => set({ percent })}
        options={[
          { value: false, label: t('order:charge.amount') },
          { value: true, label: t('order:charge.percent') },
        ]}
      />
      <DecimalInput
        aria-label={label('tax_rate')}
        placeholder={t('order:charge.tax_of_goods')}
        suffix="%"
        value={row.tax_rate}
        onChange={rate => set({ tax_rate: rate ?? '' })}
      />
    </>
  )
}
