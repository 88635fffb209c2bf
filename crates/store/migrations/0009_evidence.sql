-- Evidence of an order, customers that finance has blocked, credit released above a limit (APR-05, CRD-01).

CREATE TABLE evidence (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    proves TEXT NOT NULL,
    statement TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    attachment_id BIGINT,
    file_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    withdrawn_by BIGINT,
    withdrawn_at BIGINT,
    withdraw_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE INDEX evidence_order_id ON evidence (company_id, order_id, id);

ALTER TABLE customer_accounts ADD COLUMN released_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_accounts ADD COLUMN grace_days BIGINT NOT NULL DEFAULT 30;
ALTER TABLE customer_accounts ADD COLUMN blocked BIGINT NOT NULL DEFAULT 0;

CREATE TABLE credit_blocks (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    blocked BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);

CREATE TABLE credit_releases (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    order_id BIGINT,
    amount_minor BIGINT NOT NULL,
    reason TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE INDEX credit_releases_customer_id ON credit_releases (company_id, customer_id, id);
CREATE INDEX credit_releases_open ON credit_releases (company_id, customer_id) WHERE ended_at IS NULL;
CREATE INDEX credit_releases_due ON credit_releases (company_id, expires_at) WHERE ended_at IS NULL;

-- What a customer owes longest: one entry of an index, however many invoices are open.
CREATE INDEX invoices_customer_id_due_on ON invoices (company_id, customer_id, due_on) WHERE status IN ('open', 'part_paid');
CREATE VIEW customer_dues AS
    SELECT c.company_id, c.id AS customer_id,
        (SELECT min(i.due_on) FROM invoices i WHERE i.company_id = c.company_id AND i.customer_id = c.id AND i.status IN ('open', 'part_paid')) AS due_on
    FROM customers c;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',evidence.add', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_rep', 'after_sales', 'warehouse');
UPDATE roles SET permissions = permissions || ',evidence.add,evidence.withdraw', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
UPDATE roles SET permissions = permissions || ',credit.block,credit.release,evidence.add,evidence.withdraw', version = version + 1
    WHERE built_in = 1 AND code = 'finance';
