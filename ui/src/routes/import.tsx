export { ImportPage as default } from '@/features/import/ImportPage'
