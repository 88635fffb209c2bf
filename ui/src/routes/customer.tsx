import { CustomerPage } from '@/features/customer/CustomerPage'

/** A customer with its own prices. */
export default function CustomerRoute() {
  return <CustomerPage prices={() => null} />
}
