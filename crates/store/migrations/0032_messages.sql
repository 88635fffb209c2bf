-- What customers and the company say to each other at the portal (INT-07).

CREATE TABLE message_threads (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    waiting_since BIGINT,
    company_read_at BIGINT,
    customer_read_at BIGINT,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE INDEX message_threads_last_at ON message_threads (company_id, last_at, customer_id);
CREATE INDEX message_threads_waiting_since ON message_threads (company_id, waiting_since, customer_id) WHERE waiting_since IS NOT NULL;

CREATE TABLE messages (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    order_id BIGINT,
    order_number TEXT NOT NULL,
    from_customer BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE INDEX messages_customer_id_id ON messages (company_id, customer_id, id);
CREATE INDEX messages_order_id_id ON messages (company_id, order_id, id) WHERE order_id IS NOT NULL;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',message.write', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'sales_manager', 'customer_service', 'after_sales');
