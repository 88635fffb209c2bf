export { ProductForm as default } from '@/features/product/ProductForm'
