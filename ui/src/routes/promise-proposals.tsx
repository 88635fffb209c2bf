export { ProposalsPage as default } from '@/features/promise/ProposalsPage'
