export { ContractForm as default } from '@/features/contract/ContractForm'
