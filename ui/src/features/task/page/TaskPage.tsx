/** One task: what, where and by when; its plan, its talk, its files; and who should do it. On a phone it is done by thumb. */
import { EnvironmentOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ActionBar } from '@/components/ActionBar'
import { AttachmentList, AttachmentUpload } from '@/components/Attachments'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import type { Task } from '@/lib/api/types'
import { formatInstant } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useNarrow } from '@/lib/viewport'
import { useTask } from '../queries'
import { DueChip, PriorityTag, placeOf, TaskStatusTag, useMinutes } from '../tags'
import { useTaskVerbs } from '../verbs'
import { Candidates } from './Candidates'
import { Steps } from './Steps'
import { Talk } from './Talk'
import '../task.css'

export function TaskPage() {
  const { id = '' } = useParams()
  const query = useTask(id)
  if (query.isPending) return <PageSkeleton />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loaded task={query.data} />
}

/** Whether the caller may do this now. */
export function allows(task: Task, verb: string): boolean {
  return task.actions.some(action => action.verb === verb && action.allowed)
}

function Loaded({ task }: { task: Task }) {
  const { row } = task
  const narrow = useNarrow()
  const { verbs, dialog } = useTaskVerbs(task)
  const bar = <ActionBar actions={task.actions} verbs={verbs} />
  return (
    <div className="page task-page">
      <PageHead
        title={row.title}
        tags={
          <>
            <TaskStatusTag status={row.status} />
            <PriorityTag priority={row.priority} />
            <DueChip task={row} />
          </>
        }
      >
        {!narrow && bar}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          {(allows(task, 'offer') || row.status === 'open') && <Candidates task={task} />}
          <Evaluation task={task} />
          {!narrow && <Files task={task} />}
        </div>
        <div className="main-column">
          <Overview task={task} />
          <Steps task={task} />
          {narrow && <Files task={task} />}
          <Talk task={task} />
        </div>
      </div>
      {narrow && <div className="task-thumb">{bar}</div>}
      {dialog}
    </div>
  )
}

function Overview({ task }: { task: Task }) {
  const { t } = useTranslation()
  const minutes = useMinutes()
  const { row } = task
  const place = placeOf(row)
  const order = row.order && <Link to={`/orders/${row.order.id}`}>{row.order.number || t('order:no_number')}</Link>
  const where = place && (
    <>
      <EnvironmentOutlined aria-hidden="true" /> {place}
    </>
  )
  return (
    <Card title={row.number} extra={<span className="soft">{row.kind.name}</span>}>
      {task.detail && <p className="pre task-detail">{task.detail}</p>}
      <Facts
        items={[
          { label: t('task:field.place'), value: where, wide: Boolean(place) },
          { label: t('task:field.customer'), value: row.customer_name },
          { label: t('task:field.order'), value: order },
          { label: t('task:field.assignee'), value: row.assignee?.name },
          { label: t('task:field.role'), value: row.role?.name ?? t('task:anyone') },
          { label: t('task:field.skills'), value: task.skills.map(skill => skill.name).join('、') },
          { label: t('task:field.planned'), value: minutes(row.planned_minutes) },
          { label: t('task:field.due_at'), value: row.due_at && formatInstant(row.due_at) },
          {
            label: t('task:field.cause'),
            value: [t(`task:cause.${row.cause}`), task.cause_code].filter(Boolean).join(' · '),
          },
          { label: t('task:field.created_by'), value: `${task.created_by.name} ${formatInstant(row.created_at)}` },
          ...(task.accepted_at ? [{ label: t('task:field.accepted_at'), value: formatInstant(task.accepted_at) }] : []),
          ...(row.delivered_at
            ? [{ label: t('task:field.delivered_at'), value: formatInstant(row.delivered_at) }]
            : []),
        ]}
      />
    </Card>
  )
}

function Evaluation({ task }: { task: Task }) {
  const { t } = useTranslation()
  const { row } = task
  if (row.quality === null || row.timeliness === null) return null
  return (
    <Card title={t('task:evaluation.title')} extra={<span className="soft">{task.evaluated_by?.name}</span>}>
      <Facts
        items={[
          { label: t('task:evaluation.quality'), value: t('task:score', { score: row.quality }) },
          { label: t('task:evaluation.timeliness'), value: t('task:score', { score: row.timeliness }) },
          ...(task.evaluation ? [{ label: t('task:evaluation.comment'), value: task.evaluation, wide: true }] : []),
        ]}
      />
    </Card>
  )
}

function Files({ task }: { task: Task }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const narrow = useNarrow()
  const mayAdd = useCan('attachment.add')
  const alive = task.row.status !== 'done' && task.row.status !== 'cancelled'
  return (
    <Card title={t('task:files')}>
      {task.attachments.length > 0 ? (
        <AttachmentList items={task.attachments} />
      ) : (
        <p className="soft task-none">{t('task:no_files')}</p>
      )}
      {mayAdd && alive && (
        <div className="row wrap task-upload">
          <AttachmentUpload
            kind="photo"
            taskId={task.id}
            camera={narrow}
            label={t('task:photo')}
            onUploaded={() => void client.invalidateQueries({ queryKey: ['tasks'] })}
          />
          <AttachmentUpload
            kind="other"
            taskId={task.id}
            label={t('task:file')}
            onUploaded={() => void client.invalidateQueries({ queryKey: ['tasks'] })}
          />
        </div>
      )}
    </Card>
  )
}
