import { TaskTabs } from '@/features/task/tabs'
import { WorkersPage } from '@/features/worker/WorkersPage'

const tabs = <TaskTabs />

export default function WorkersRoute() {
  return <WorkersPage above={tabs} />
}
