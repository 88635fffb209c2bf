export { UserForm as default } from '@/features/user/UserForm'
