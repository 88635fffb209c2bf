export { BoardPage as default } from '@/features/task/BoardPage'
