export { CompanyForm as default } from '@/features/company/CompanyForm'
