import { CloseOutlined, TagOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Charge } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'

interface Props {
  charges: Charge[]
  declined: string[]
  onChange: (declined: string[]) => void
}

/** What promotions give this order and to which lines; each is declined with one click, and all are taken again with one. */
export function PromotionChips({ charges, declined, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {charges.map(charge => {
        const given = charge.promotion
        if (!given) return null
        const lines = given.lines.length > 0 ? ` #${given.lines.join(', #')}` : ''
        return (
          <Button
            key={`${given.id}-${charge.own_tax_rate}`}
            size="small"
            icon={<TagOutlined />}
            title={`${t('order:entry.promotion_decline')} ${given.code}${lines}`}
            onClick={() => onChange([...declined, given.id])}
          >
            {charge.name}
            <span className="soft">{lines}</span>
            <span className="mono"> −{formatMoney(charge.amount)}</span>
            <CloseOutlined aria-label={t('order:entry.promotion_decline')} />
          </Button>
        )
      })}
      {declined.length > 0 && (
        <Button size="small" type="link" title={t('order:entry.promotion_declined')} onClick={() => onChange([])}>
          {t('order:entry.promotion_restore', { count: declined.length })}
        </Button>
      )}
    </>
  )
}
