export { PromisePage as default } from '@/features/promise/PromisePage'
