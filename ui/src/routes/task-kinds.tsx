import { TaskTabs } from '@/features/task/tabs'
import { KindsPage } from '@/features/worker/KindsPage'

export default function KindsRoute() {
  return <KindsPage above={<TaskTabs />} />
}
