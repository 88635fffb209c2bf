export { RolesPage as default } from '@/features/role/RolesPage'
