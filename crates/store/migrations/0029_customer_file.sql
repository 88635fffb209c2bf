-- Files of one customer made one: which file is another one now, and how far its papers have come (PTY-03).
ALTER TABLE customers ADD COLUMN verified BIGINT NOT NULL DEFAULT 1;
ALTER TABLE customers ADD COLUMN merged_into BIGINT;
ALTER TABLE customers ADD COLUMN former TEXT NOT NULL DEFAULT '';

-- Where everything is counted of a file that was merged: then nothing is counted here.
ALTER TABLE customer_accounts ADD COLUMN merged_into BIGINT NOT NULL DEFAULT 0;

CREATE TABLE customer_merges (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    into_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    merged_by BIGINT NOT NULL,
    merged_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, into_id) REFERENCES customers (company_id, id)
);
CREATE INDEX customer_merges_into_id ON customer_merges (company_id, into_id, customer_id);
CREATE INDEX customer_merges_moving ON customer_merges (company_id, state, customer_id) WHERE state <> 'done';

UPDATE roles SET permissions = permissions || ',customer.merge', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager');

-- Who entered a new customer and who has verified it (PTY-04); customers that are there already count as verified.
CREATE TABLE customer_verifications (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    checks TEXT NOT NULL,
    note TEXT NOT NULL,
    verified_by BIGINT,
    verified_at BIGINT,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE INDEX customers_unverified ON customers (company_id, code, id) WHERE verified = 0;

UPDATE roles SET permissions = permissions || ',customer.verify', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'customer_service', 'finance');
