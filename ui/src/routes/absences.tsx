export { AbsencesPage as default } from '@/features/absence/AbsencesPage'
