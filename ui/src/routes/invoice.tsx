import { DocumentsCard } from '@/features/document/DocumentsCard'
import { InvoicePage } from '@/features/invoice/InvoicePage'

/** An invoice with what was made of it. */
export default function InvoiceRoute() {
  return <InvoicePage documents={invoice => <DocumentsCard of={`/invoices/${invoice.id}`} />} />
}
