export { ReadsPage as default } from '@/features/stock/ReadsPage'
