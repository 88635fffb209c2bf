export { TaskPage as default } from '@/features/task/page/TaskPage'
