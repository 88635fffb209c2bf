-- Quotations: what is offered until a day, one row for each version, and its lines (QUO-01).

CREATE TABLE quotations (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    revision BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    status TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_code TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    receiver TEXT NOT NULL,
    delivery_address TEXT NOT NULL,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    settlement TEXT NOT NULL,
    currency TEXT NOT NULL,
    exchange_rate_nano BIGINT,
    deposit_rate BIGINT NOT NULL,
    tax_inclusive BIGINT NOT NULL,
    tax_rounding TEXT NOT NULL,
    rep_id BIGINT,
    warehouse_id BIGINT NOT NULL,
    quoted_on TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    lead_days BIGINT NOT NULL,
    delivery_terms TEXT NOT NULL,
    packing TEXT NOT NULL,
    terms TEXT NOT NULL,
    notes TEXT NOT NULL,
    goods_minor BIGINT NOT NULL,
    freight_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    payable_minor BIGINT NOT NULL,
    deposit_minor BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_by BIGINT,
    submitted_at BIGINT,
    decided_by BIGINT,
    decided_at BIGINT,
    decision_note TEXT NOT NULL,
    sent_by BIGINT,
    sent_at BIGINT,
    sent_note TEXT NOT NULL,
    reason TEXT,
    ended_by BIGINT,
    ended_at BIGINT,
    end_note TEXT NOT NULL,
    order_id BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX quotations_number ON quotations (company_id, number, revision);
CREATE INDEX quotations_status ON quotations (company_id, status, id);
CREATE INDEX quotations_customer_id ON quotations (company_id, customer_id, id);

CREATE TABLE quotation_lines (
    company_id BIGINT NOT NULL,
    quotation_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    book_price_micro BIGINT,
    price_source TEXT NOT NULL,
    book_rule TEXT NOT NULL,
    last_price_micro BIGINT,
    last_price_on TEXT,
    price_reason TEXT NOT NULL,
    discount_rate BIGINT NOT NULL,
    tax_rate BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, quotation_id, line_no),
    FOREIGN KEY (company_id, quotation_id) REFERENCES quotations (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);

ALTER TABLE orders ADD COLUMN quotation_id BIGINT;

ALTER TABLE companies ADD COLUMN quotation_pattern TEXT NOT NULL DEFAULT 'BJ{yyyy}{000000}';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',quotation.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'finance', 'warehouse', 'after_sales', 'auditor');
UPDATE roles SET permissions = permissions || ',quotation.create,quotation.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service');
UPDATE roles SET permissions = permissions || ',quotation.approve,quotation.create,quotation.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
