/** All documents that were made, to be looked for by number, customer, kind and day; a row opens the PDF as it was made. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ListPage } from '@/components/list/ListPage'
import { type Column, type Filter, type ListSpec, optionsOf } from '@/components/list/spec'
import { When } from '@/components/When'
import { address } from '@/lib/api/client'
import { DOCUMENT_KINDS, type DocumentRow } from '@/lib/api/types'
import { formatSize } from '@/lib/format'
import { LANGUAGES } from '@/lib/i18n'
import { useCan } from '@/lib/session'

const filters: Filter[] = [
  {
    kind: 'choice',
    key: 'kind',
    label: 'document:field.kind',
    options: optionsOf(DOCUMENT_KINDS, kind => `document:kind.${kind}`),
    many: true,
  },
  { kind: 'pick', key: 'customer', label: 'document:field.customer', pick: 'customer' },
  {
    kind: 'choice',
    key: 'language',
    label: 'document:field.language',
    options: LANGUAGES.map(({ code, name }) => ({ value: code, label: name })),
  },
  { kind: 'dates', key: 'days', label: 'document:field.day', from: 'from', to: 'to' },
]

const PAGES: Record<DocumentRow['subject'], string> = {
  order: '/orders',
  quotation: '/quotations',
  shipment: '/shipments',
  invoice: '/invoices',
  customer: '/customers',
}

function Kind({ row }: { row: DocumentRow }) {
  const { t } = useTranslation()
  const mayRead = useCan('personal_data.see')
  return (
    <a
      href={mayRead ? address(`/documents/${row.id}/content`) : undefined}
      title={mayRead ? undefined : t('document:hidden')}
      target="_blank"
      rel="noreferrer"
    >
      {t(`document:kind.${row.kind}`)}
      {row.sequence > 1 && <span className="soft"> {t('document:sequence', { no: row.sequence })}</span>}
    </a>
  )
}

const columns: Column<DocumentRow>[] = [
  { id: 'kind', label: 'document:field.kind', width: 200, render: row => <Kind row={row} /> },
  {
    id: 'number',
    label: 'document:field.number',
    width: 170,
    sort: 'subject_number',
    render: row => (
      <Link className="mono" to={`${PAGES[row.subject]}/${row.subject_id}`}>
        {row.subject_number}
      </Link>
    ),
  },
  {
    id: 'customer',
    label: 'document:field.customer',
    width: 220,
    grow: true,
    render: row => row.customer && <Link to={`/customers/${row.customer.id}`}>{row.customer.name}</Link>,
  },
  {
    id: 'language',
    label: 'document:field.language',
    width: 100,
    render: row => LANGUAGES.find(({ code }) => code === row.language)?.name,
  },
  { id: 'pages', label: 'document:field.pages', width: 70, end: true, render: row => row.pages },
  { id: 'size', label: 'document:field.size', width: 90, end: true, sort: 'size', render: row => formatSize(row.size) },
  { id: 'by', label: 'document:field.by', width: 110, render: row => row.by.name },
  {
    id: 'at',
    label: 'document:field.made',
    width: 140,
    sort: 'created_at',
    render: row => <When instant={row.at} />,
  },
  {
    id: 'sha256',
    label: 'SHA-256',
    width: 160,
    optional: true,
    render: row => <span className="mono soft cut">{row.sha256}</span>,
  },
]

const rowKey = (row: DocumentRow) => row.id

export function DocumentsPage() {
  const { t } = useTranslation()
  const spec = useMemo<ListSpec<DocumentRow>>(
    () => ({
      noun: 'documents',
      path: '/documents',
      title: 'nav:made_documents',
      rowKey,
      rowHref: row => `${PAGES[row.subject]}/${row.subject_id}`,
      rowName: row => `${t(`document:kind.${row.kind}`)} ${row.subject_number}`,
      columns,
      filters,
      defaultSort: '-created_at',
      searchHint: 'document:search_hint',
      card: row => (
        <span className="list-lines">
          <span className="row">
            <span className="grow">
              <Kind row={row} />
            </span>
            <span className="mono">{row.subject_number}</span>
          </span>
          <span className="row soft">
            <span className="cut grow">{row.customer?.name}</span>
            <When instant={row.at} />
          </span>
        </span>
      ),
      empty: { title: t('document:empty.title'), text: t('document:empty.text') },
    }),
    [t],
  )
  return <ListPage spec={spec} />
}
