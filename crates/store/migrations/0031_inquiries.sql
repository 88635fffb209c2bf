-- Inquiry memos: what customers asked for in raw words, the checklist of what must be known, and the answer that was promised (INT-02, INT-06).

CREATE TABLE inquiries (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    customer_id BIGINT,
    customer_name TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    taken_by BIGINT NOT NULL,
    rep_id BIGINT,
    said TEXT NOT NULL,
    items TEXT NOT NULL,
    blueprint_no BIGINT NOT NULL,
    missing_count BIGINT NOT NULL,
    vague_count BIGINT NOT NULL,
    answer_by BIGINT,
    answer TEXT NOT NULL,
    answered_by BIGINT,
    answered_at BIGINT,
    drop_reason TEXT NOT NULL,
    quotation_id BIGINT,
    order_id BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE UNIQUE INDEX inquiries_number ON inquiries (company_id, number);
CREATE INDEX inquiries_status ON inquiries (company_id, status, id);
CREATE INDEX inquiries_customer_id ON inquiries (company_id, customer_id, id);
CREATE INDEX inquiries_answer_by ON inquiries (company_id, answer_by) WHERE answer_by IS NOT NULL AND answered_at IS NULL;

ALTER TABLE orders ADD COLUMN inquiry_id BIGINT;
ALTER TABLE quotations ADD COLUMN inquiry_id BIGINT;

ALTER TABLE companies ADD COLUMN inquiry_pattern TEXT NOT NULL DEFAULT 'XJ{yyyy}{000000}';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',inquiry.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'finance', 'warehouse', 'after_sales', 'auditor');
UPDATE roles SET permissions = permissions || ',inquiry.create,inquiry.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service', 'sales_manager');
