import type { components } from '@/lib/api/schema'

type Schemas = components['schemas']
export type PortalSession = Schemas['PortalSession']
export type PortalSignInPage = Schemas['PortalSignInPage']
export type PortalProduct = Schemas['PortalProduct']
export type UsualProducts = Schemas['UsualProducts']
export type Cart = Schemas['Cart']
export type CartLine = Schemas['CartLine']
export type PortalOrderRow = Schemas['PortalOrderRow']
export type PortalOrder = Schemas['PortalOrder']
export type PortalOrderState = Schemas['PortalOrderState']
export type PortalQuotationRow = Schemas['PortalQuotationRow']
export type PortalAccount = Schemas['PortalAccount']
export type PortalMessages = Schemas['PortalMessages']
export type PortalDocument = Schemas['PortalDocument']
export type PortalInvoice = Schemas['PortalInvoice']
export type PortalStatus = PortalOrderRow['status']
export interface Listed<T> {
  items: T[]
  next: string | null
}
