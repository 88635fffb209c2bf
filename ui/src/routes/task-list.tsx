export { TaskListPage as default } from '@/features/task/TaskListPage'
