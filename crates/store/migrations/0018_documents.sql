-- Documents that were made, found by their hash; templates of the company's own with every version; the letterhead (CNF-01, INT-11).

CREATE TABLE documents (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    order_id BIGINT,
    customer_id BIGINT,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    template_no BIGINT NOT NULL,
    archival BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE UNIQUE INDEX documents_subject_id_key ON documents (company_id, subject_id, kind, sequence);
CREATE INDEX documents_order_id ON documents (company_id, order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX documents_customer_id ON documents (company_id, customer_id, id) WHERE customer_id IS NOT NULL;

CREATE TABLE document_templates (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Empty: that which comes with the product is used again.
    body TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
);

CREATE TABLE document_template_versions (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    code TEXT NOT NULL,
    no BIGINT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX document_template_versions_code_key ON document_template_versions (company_id, code, no);

CREATE TABLE letterheads (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    address TEXT NOT NULL,
    address_en TEXT NOT NULL,
    phone TEXT NOT NULL,
    fax TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    bank TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    logo_sha256 TEXT NOT NULL,
    seal_sha256 TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
);

-- What a statement of account is put together from.
CREATE INDEX invoices_customer_id_issued_on ON invoices (company_id, customer_id, issued_on, id);
CREATE INDEX payments_customer_id_paid_on ON payments (company_id, customer_id, paid_on, id);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',document.make', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'sales_manager', 'customer_service', 'finance', 'warehouse', 'after_sales');
UPDATE roles SET permissions = permissions || ',document.make,document_template.edit', version = version + 1
    WHERE built_in = 1 AND code = 'admin';
