export { UsersPage as default } from '@/features/user/UsersPage'
