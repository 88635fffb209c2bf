-- Contracts that orders are checked against, and frame lines that orders call off (QUO-02, QUO-04).

CREATE TABLE contracts (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_code TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    customer_ref TEXT NOT NULL,
    title TEXT NOT NULL,
    currency TEXT NOT NULL,
    tax_inclusive BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    settlement TEXT,
    deposit_rate BIGINT,
    credit_days BIGINT,
    credit_terms TEXT NOT NULL,
    lead_days BIGINT,
    delivery_terms TEXT NOT NULL,
    terms TEXT NOT NULL,
    binding TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    file_id BIGINT,
    file_sha256 TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_by BIGINT NOT NULL,
    enforced_by BIGINT,
    enforced_at BIGINT,
    ended_by BIGINT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE UNIQUE INDEX contracts_number ON contracts (company_id, number);
CREATE INDEX contracts_status ON contracts (company_id, status, id);
CREATE INDEX contracts_customer_id ON contracts (company_id, customer_id, id);

CREATE TABLE contract_lines (
    company_id BIGINT NOT NULL,
    contract_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    quantity_micro BIGINT,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, contract_id, line_no),
    FOREIGN KEY (company_id, contract_id) REFERENCES contracts (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);

-- Counters of frame lines: added to under a guard, so that orders at the same time never call off more than is agreed.
CREATE TABLE contract_calls (
    company_id BIGINT NOT NULL,
    contract_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    agreed_micro BIGINT NOT NULL,
    called_micro BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    PRIMARY KEY (company_id, contract_id, line_no),
    FOREIGN KEY (company_id, contract_id) REFERENCES contracts (company_id, id)
);

ALTER TABLE orders ADD COLUMN contract_id BIGINT;
ALTER TABLE orders ADD COLUMN contract_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_contract_id ON orders (company_id, contract_id, id) WHERE contract_id IS NOT NULL;

ALTER TABLE order_lines ADD COLUMN contract_line BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN called_micro BIGINT NOT NULL DEFAULT 0;

ALTER TABLE companies ADD COLUMN contract_pattern TEXT NOT NULL DEFAULT 'HT{yyyy}{000000}';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',contract.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'finance', 'warehouse', 'after_sales', 'auditor');
UPDATE roles SET permissions = permissions || ',contract.create,contract.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service');
UPDATE roles SET permissions = permissions || ',contract.create,contract.enforce,contract.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
