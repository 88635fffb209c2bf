/** The company's working calendars, one after the other. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { SettingsTabs } from '@/components/SettingsTabs'
import { get } from '@/lib/api/client'
import type { Calendar } from '@/lib/api/types'
import { currentLanguage } from '@/lib/i18n'
import { useUrlState } from '@/lib/url-state'
import { CalendarForm } from './CalendarForm'

export function CalendarsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [url, change] = useUrlState()
  const found = useQuery({ queryKey: ['calendars'], queryFn: () => get<Calendar[]>('/calendars') })
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const isNew = url.calendar === 'new'
  const usual = found.data.find(calendar => !calendar.always) ?? found.data[0] ?? null
  const chosen = isNew ? null : (found.data.find(calendar => calendar.code === url.calendar) ?? usual)
  const open = (code: string) => change({ calendar: code })
  return (
    <CalendarForm
      key={chosen ? `${chosen.code}.${chosen.version}` : 'new'}
      calendar={chosen}
      onSaved={open}
      onCancel={() => void navigate(-1)}
      extra={
        !isNew && (
          <Button icon={<PlusOutlined />} onClick={() => open('new')}>
            {t('calendar:new')}
          </Button>
        )
      }
      above={
        <>
          <SettingsTabs />
          <div className="calendar-choice">
            {found.data.map(calendar => (
              <button
                key={calendar.code}
                type="button"
                className="chip"
                aria-pressed={calendar.code === chosen?.code}
                onClick={() => open(calendar.code)}
              >
                {calendar.name[currentLanguage()] || calendar.code}
              </button>
            ))}
            {isNew && (
              <button type="button" className="chip" aria-pressed>
                {t('calendar:new')}
              </button>
            )}
          </div>
        </>
      }
    />
  )
}
