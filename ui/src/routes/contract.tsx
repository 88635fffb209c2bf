export { ContractPage as default } from '@/features/contract/ContractPage'
