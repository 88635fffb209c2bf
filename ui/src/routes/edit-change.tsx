export { EditChange as default } from '@/features/change/ChangeForm'
