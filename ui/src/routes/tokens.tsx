export { TokensPage as default } from '@/features/api-token/TokensPage'
