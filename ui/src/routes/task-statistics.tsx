export { StatisticsPage as default } from '@/features/task/StatisticsPage'
