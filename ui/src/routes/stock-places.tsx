export { PlacesPage as default } from '@/features/stock/place/PlacesPage'
