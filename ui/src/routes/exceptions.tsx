export { ExceptionsPage as default } from '@/features/exception/ExceptionsPage'
