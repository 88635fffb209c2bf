-- What customers are found by when the same one is entered again (PTY-03): exact keys, and keys whose beginning is looked for.

CREATE TABLE customer_keys (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    no BIGINT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id, no)
);
CREATE INDEX customer_keys_kind_key ON customer_keys (company_id, kind, key, customer_id);

-- How far the search for doubles of a customer has come; those that are there already are looked at by and by.
CREATE TABLE customer_checks (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id)
);
CREATE INDEX customer_checks_open ON customer_checks (company_id, state, customer_id) WHERE state <> 'done';
INSERT INTO customer_checks (company_id, customer_id, version, state) SELECT company_id, id, 1, 'due' FROM customers;

-- Two customers that look like one, and what people say of it.
CREATE TABLE customer_pairs (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    score BIGINT NOT NULL,
    name_score BIGINT NOT NULL,
    reasons TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    found_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id, other_id)
);
CREATE INDEX customer_pairs_other ON customer_pairs (company_id, other_id, customer_id);
CREATE INDEX customer_pairs_state_score ON customer_pairs (company_id, state, score, customer_id, other_id);
CREATE INDEX customer_pairs_state_found ON customer_pairs (company_id, state, found_at, customer_id, other_id);

CREATE INDEX customers_credit_code ON customers (company_id, credit_code) WHERE credit_code <> '';
