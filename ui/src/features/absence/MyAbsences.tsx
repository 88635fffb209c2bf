import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { get } from '@/lib/api/client'
import type { Absence, Page } from '@/lib/api/types'
import { formatDate } from '@/lib/format'
import { useCan } from '@/lib/session'
import { AbsenceTag } from './AbsenceTag'
import './absence.css'

const AbsenceForm = lazy(() => import('./AbsenceForm').then(module => ({ default: module.AbsenceForm })))

/** When I am away and who stands in, and for whom I do; on my own page. */
export function MyAbsences() {
  const { t } = useTranslation()
  const may = useCan('order.view')
  const [editing, setEditing] = useState<string | null>(null)
  const found = useQuery({
    queryKey: ['absences', 'mine'],
    queryFn: () => get<Page<Absence>>('/absences', { mine: true, current: true, sort: 'from_on' }),
    enabled: may,
  })
  if (!may) return null
  const rows = found.data?.items ?? []
  return (
    <Card
      title={t('absence:mine')}
      extra={
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {t('absence:new')}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className="soft absence-none">{t('absence:none')}</p>
      ) : (
        <ul className="absence-list">
          {rows.map(row => (
            <li key={row.id}>
              <span className="strong">
                {t('absence:line', { user: row.user.name, substitute: row.substitute.name })}
              </span>
              <span className="mono">
                {formatDate(row.from_on)} – {formatDate(row.to_on)}
              </span>
              <AbsenceTag absence={row} />
              <span className="soft cut grow">{row.note}</span>
              {row.editable && (
                <Button size="small" type="link" onClick={() => setEditing(row.id)}>
                  {t('common:edit')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <Suspense fallback={null}>
          <AbsenceForm key={editing} id={editing} own onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </Card>
  )
}
