export { ProductsPage as default } from '@/features/product/ProductsPage'
