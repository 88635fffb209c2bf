export { AgentPage as default } from '@/features/agent/AgentPage'
