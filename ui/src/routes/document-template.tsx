export { DocumentTemplatePage as default } from '@/features/document/TemplatePage'
