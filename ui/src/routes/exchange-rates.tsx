export { ExchangeRatesPage as default } from '@/features/exchange-rate/ExchangeRatesPage'
