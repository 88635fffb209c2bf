export { FromTextPage as default } from '@/features/intake/FromTextPage'
