-- Rebate agreements and their settlements (PRC-06).
CREATE TABLE rebates (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    basis TEXT NOT NULL,
    currency TEXT NOT NULL,
    products TEXT NOT NULL,
    tiers TEXT NOT NULL,
    whole BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_by BIGINT NOT NULL,
    approved_by BIGINT,
    approved_at BIGINT,
    end_reason TEXT NOT NULL,
    proposed_by BIGINT,
    return_reason TEXT NOT NULL,
    settled_by BIGINT,
    settled_at BIGINT,
    settlement TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE UNIQUE INDEX rebates_number ON rebates (company_id, number);
CREATE INDEX rebates_customer ON rebates (company_id, customer_id, id);
CREATE INDEX invoices_customer_issued_on ON invoices (company_id, customer_id, issued_on);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',rebate.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'warehouse', 'after_sales', 'auditor');
UPDATE roles SET permissions = permissions || ',rebate.create,rebate.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service');
UPDATE roles SET permissions = permissions || ',rebate.settle,rebate.view', version = version + 1
    WHERE built_in = 1 AND code = 'finance';
UPDATE roles SET permissions = permissions || ',rebate.approve,rebate.create,rebate.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
