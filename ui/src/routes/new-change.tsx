export { NewChange as default } from '@/features/change/ChangeForm'
