import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChargeEntry } from '@/lib/charges'

const ChargesDrawer = lazy(() => import('./ChargesDrawer'))

interface Props {
  charges: ChargeEntry[]
  error?: string
  onChange: (charges: ChargeEntry[]) => void
}

/** Opens the charges and allowances; says how many there are and what is wrong with them. */
export function ChargesButton({ charges, error, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" danger={Boolean(error)} title={error} onClick={() => setOpen(true)}>
        {t('order:charge.title')}
        {charges.length > 0 ? ` (${charges.length})` : ''}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ChargesDrawer
            charges={charges}
            onClose={() => setOpen(false)}
            onTake={taken => {
              onChange(taken)
              setOpen(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
