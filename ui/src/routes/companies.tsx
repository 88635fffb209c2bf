export { CompaniesPage as default } from '@/features/company/CompaniesPage'
