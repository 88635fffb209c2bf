export { OverridesPage as default } from '@/features/override/OverridesPage'
