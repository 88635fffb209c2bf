export { SessionsPage as default } from '@/features/session/SessionsPage'
