export { AgentsPage as default } from '@/features/agent/AgentsPage'
