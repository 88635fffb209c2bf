import { Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/components/DateInput'

interface Props {
  busy: boolean
  onChoose: (from: string, to: string) => void
  onClose: () => void
}

function iso(day: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** Which days a statement of account covers; this month unless told. */
export default function PeriodDialog({ busy, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const now = new Date()
  const [from, setFrom] = useState(iso(new Date(now.getFullYear(), now.getMonth(), 1)))
  const [to, setTo] = useState(iso(now))
  return (
    <Modal
      open
      title={t('document:period.title')}
      okText={t('document:make')}
      cancelText={t('common:back')}
      okButtonProps={{ loading: busy, disabled: !from || !to }}
      onOk={() => onChoose(from, to)}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('document:period.from')} htmlFor="period-from">
          <DateInput id="period-from" value={from} onChange={value => setFrom(value ?? '')} />
        </Form.Item>
        <Form.Item label={t('document:period.to')} htmlFor="period-to">
          <DateInput id="period-to" value={to} onChange={value => setTo(value ?? '')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
