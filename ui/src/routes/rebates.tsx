export { RebatesPage as default } from '@/features/rebate/RebatesPage'
