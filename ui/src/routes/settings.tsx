export { CompanyPage as default } from '@/features/company/CompanyPage'
