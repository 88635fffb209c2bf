export { ChangesPage as default } from '@/features/change/ChangesPage'
