export { ContractsPage as default } from '@/features/contract/ContractsPage'
