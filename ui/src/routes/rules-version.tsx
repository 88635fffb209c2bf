export { RulesEditor as default } from '@/features/rules/RulesEditor'
