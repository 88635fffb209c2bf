export { DocumentTemplatesPage as default } from '@/features/document/TemplatesPage'
