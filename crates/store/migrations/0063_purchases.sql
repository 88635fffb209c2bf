-- Purchase orders, their lines, and what came in for them (PUR-01).
CREATE TABLE purchases (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    supplier_id BIGINT NOT NULL,
    supplier_code TEXT NOT NULL,
    supplier_name TEXT NOT NULL,
    supplier_ref TEXT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    currency TEXT NOT NULL,
    over_tolerance BIGINT NOT NULL,
    under_tolerance BIGINT NOT NULL,
    notes TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_by BIGINT,
    sent_at BIGINT,
    ordered_on TEXT,
    confirmed_by BIGINT,
    confirmed_at BIGINT,
    receipt_count BIGINT NOT NULL,
    received_at BIGINT,
    ended_by BIGINT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, supplier_id) REFERENCES suppliers (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX purchases_number ON purchases (company_id, number);
CREATE INDEX purchases_status ON purchases (company_id, status, id);
CREATE INDEX purchases_supplier_id ON purchases (company_id, supplier_id, id);

CREATE TABLE purchase_lines (
    company_id BIGINT NOT NULL,
    purchase_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    supplier_code TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    rush BIGINT NOT NULL,
    asked_on TEXT NOT NULL,
    confirmed_on TEXT,
    received_micro BIGINT NOT NULL,
    open_micro BIGINT NOT NULL,
    cause TEXT NOT NULL,
    cause_id BIGINT NOT NULL,
    cause_line BIGINT NOT NULL,
    cause_number TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, purchase_id, line_no),
    FOREIGN KEY (company_id, purchase_id) REFERENCES purchases (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
-- What is on its way of a product: promises rest on it.
CREATE INDEX purchase_lines_open ON purchase_lines (company_id, product_id, purchase_id, line_no) WHERE open_micro > 0;
CREATE INDEX purchase_lines_product_id ON purchase_lines (company_id, product_id, purchase_id);

CREATE TABLE purchase_receipts (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    purchase_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    supplier_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    rush BIGINT NOT NULL,
    ordered_on TEXT NOT NULL,
    received_on TEXT NOT NULL,
    lead_days BIGINT NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, purchase_id) REFERENCES purchases (company_id, id)
);
CREATE INDEX purchase_receipts_purchase_id ON purchase_receipts (company_id, purchase_id, id);
CREATE INDEX purchase_receipts_supplier_id ON purchase_receipts (company_id, supplier_id, product_id);

ALTER TABLE companies ADD COLUMN purchase_pattern TEXT NOT NULL DEFAULT 'CG{yyyy}{000000}';

UPDATE roles SET permissions = permissions || ',purchase.create,purchase.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
UPDATE roles SET permissions = permissions || ',purchase.receive,purchase.view', version = version + 1
    WHERE built_in = 1 AND code = 'warehouse';
UPDATE roles SET permissions = permissions || ',purchase.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'finance', 'auditor');
