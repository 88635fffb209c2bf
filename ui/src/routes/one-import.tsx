export { OneImport as default } from '@/features/import/OneImport'
