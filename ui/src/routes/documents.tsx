export { DocumentsPage as default } from '@/features/document/DocumentsPage'
