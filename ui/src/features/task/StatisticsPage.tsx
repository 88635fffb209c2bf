/** Who did how much, how fast and how well, and what they have in hand now. */
import { useQuery } from '@tanstack/react-query'
import { Fragment, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { Chart } from '@/components/Chart'
import { countAxis, frameOf } from '@/components/chart-frame'
import { DateInput } from '@/components/DateInput'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import type { ChartOption } from '@/components/echarts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { TaskFigures, TaskStatistics } from '@/lib/api/types'
import { addDays, today } from '@/lib/format'
import { useTheme } from '@/lib/theme'
import { useUrlState } from '@/lib/url-state'
import { TaskTabs } from './tabs'
import { useMinutes } from './tags'
import './task.css'

export function StatisticsPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const to = url.to ?? today()
  const from = url.from ?? addDays(to, -29)
  const query = useQuery({
    queryKey: ['tasks', 'statistics', from, to],
    queryFn: () => get<TaskStatistics>('/tasks/statistics', { from, to }),
    placeholderData: previous => previous,
  })
  return (
    <div className="page task-page">
      <PageHead title={t('task:tab.statistics')} />
      <TaskTabs />
      <div className="task-tools">
        <span className="task-day">
          <DateInput aria-label={t('task:from')} value={from} onChange={value => change({ from: value })} />
        </span>
        <span className="soft">–</span>
        <span className="task-day">
          <DateInput aria-label={t('task:to')} value={to} onChange={value => change({ to: value })} />
        </span>
      </div>
      {query.isPending ? (
        <PageSkeleton lines={6} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Figures data={query.data} />
      )}
    </div>
  )
}

function Figures({ data }: { data: TaskStatistics }) {
  const { t } = useTranslation()
  const minutes = useMinutes()
  const { all } = data
  if (data.people.length === 0) {
    return <EmptyState title={t('task:statistics.empty.title')} text={t('task:statistics.empty.text')} />
  }
  const tiles: [string, string][] = [
    ['done', String(all.done)],
    ['on_time', percent(all)],
    ['median_hours', hours(all)],
    ['quality', all.quality ?? '–'],
    ['timeliness', all.timeliness ?? '–'],
    ['refused', String(all.refused)],
    ['open', `${all.open} · ${minutes(all.open_minutes)}`],
  ]
  return (
    <div className="main-column">
      <dl className="task-tiles">
        {tiles.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`task:statistics.${key}`)}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <Card title={t('task:statistics.people')}>
        <People data={data} />
      </Card>
      <Table data={data} />
    </div>
  )
}

const percent = (figures: TaskFigures) =>
  figures.on_time_percent === null ? '–' : `${Math.round(Number(figures.on_time_percent))}%`
const hours = (figures: TaskFigures) => (figures.median_hours === null ? '–' : `${Number(figures.median_hours)}`)

/** Done and in hand, a bar each person. */
function People({ data }: { data: TaskStatistics }) {
  const { t } = useTranslation()
  const { palette } = useTheme()
  const people = useMemo(() => data.people.slice(0, 20), [data])
  const option = useMemo<ChartOption>(() => {
    const bar = (name: string, color: string, values: number[]) => ({
      name,
      type: 'bar' as const,
      data: values,
      itemStyle: { color, borderRadius: [2, 2, 0, 0] as number[] },
      barMaxWidth: 22,
    })
    return {
      ...frameOf(
        palette,
        people.map(one => one.user.name),
      ),
      yAxis: [countAxis(palette)],
      series: [
        bar(
          t('task:statistics.done'),
          palette.done,
          people.map(one => one.all.done),
        ),
        bar(
          t('task:statistics.open'),
          palette.going,
          people.map(one => one.all.open),
        ),
        bar(
          t('task:statistics.refused'),
          palette.late,
          people.map(one => one.all.refused),
        ),
      ],
    }
  }, [people, palette, t])
  const words = t('task:statistics.words', { people: people.length, done: data.all.done, open: data.all.open })
  return <Chart option={option} height={240} words={words} />
}

function Cells({ figures }: { figures: TaskFigures }) {
  const minutes = useMinutes()
  return (
    <>
      <td className="num">{figures.done}</td>
      <td className="num">{percent(figures)}</td>
      <td className="num">{hours(figures)}</td>
      <td className="num">{figures.quality ?? '–'}</td>
      <td className="num">{figures.timeliness ?? '–'}</td>
      <td className="num">{figures.refused}</td>
      <td className="num">{figures.open}</td>
      <td className="num">{figures.open_minutes > 0 ? minutes(figures.open_minutes) : '–'}</td>
    </>
  )
}

const HEADS = ['done', 'on_time', 'median_hours', 'quality', 'timeliness', 'refused', 'open', 'open_time'] as const

/** Each person, and by a click each kind of what they did; below, each kind of everybody. */
function Table({ data }: { data: TaskStatistics }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Card title={t('task:statistics.table')} flush>
      <TableBox label={t('task:statistics.table')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('task:field.assignee')}</th>
              {HEADS.map(head => (
                <th key={head} scope="col" className="num">
                  {t(`task:statistics.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.people.map(one => (
              <Fragment key={one.user.id}>
                <tr>
                  <td>
                    <button
                      type="button"
                      className="plain-button"
                      aria-expanded={open === one.user.id}
                      onClick={() => setOpen(open === one.user.id ? null : one.user.id)}
                    >
                      {one.user.name}
                    </button>
                  </td>
                  <Cells figures={one.all} />
                </tr>
                {open === one.user.id &&
                  one.kinds.map(kind => (
                    <tr key={kind.kind.code} className="soft">
                      <td className="task-indent">{kind.kind.name}</td>
                      <Cells figures={kind.figures} />
                    </tr>
                  ))}
              </Fragment>
            ))}
          </tbody>
          <tfoot>
            {data.kinds.map(kind => (
              <tr key={kind.kind.code}>
                <td>{kind.kind.name}</td>
                <Cells figures={kind.figures} />
              </tr>
            ))}
          </tfoot>
        </table>
      </TableBox>
    </Card>
  )
}
