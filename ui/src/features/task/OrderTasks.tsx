import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'
import { useCan } from '@/lib/session'
import { useTasksOfOrder } from './queries'
import { TaskCard } from './TaskCard'
import { TaskStatusTag } from './tags'

const TaskForm = lazy(() => import('./TaskForm').then(module => ({ default: module.TaskForm })))

/** The tasks of an order, and the way to a new one. */
export function OrderTasks({ order }: { order: string }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const mayCreate = useCan('task.create')
  const query = useTasksOfOrder(order)
  if (query.isPending) return <PageSkeleton lines={3} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const add = mayCreate && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('task:new')}
    </Button>
  )
  return (
    <Card title={t('nav:tasks')} extra={add}>
      {query.data.items.length === 0 ? (
        <p className="soft task-none">{t('task:order_none')}</p>
      ) : (
        <div className="task-grid">
          {query.data.items.map(task => (
            <div key={task.id}>
              <TaskStatusTag status={task.status} />
              <TaskCard task={task} />
            </div>
          ))}
        </div>
      )}
      {adding && (
        <Suspense fallback={null}>
          <TaskForm order={order} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Card>
  )
}
