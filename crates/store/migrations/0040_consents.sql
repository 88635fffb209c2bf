-- What the people of customers agreed to, with the proof (PTY-05).
CREATE TABLE consents (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    given_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_note TEXT NOT NULL,
    withdrawn_by BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE INDEX consents_customer_id ON consents (company_id, customer_id, id);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',customer.person', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'customer_service');
