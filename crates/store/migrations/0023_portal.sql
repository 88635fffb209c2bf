-- The portal: people of customers who order by themselves (INT-07, INT-08).

CREATE TABLE portal_users (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    active BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE UNIQUE INDEX portal_users_username_key ON portal_users (company_id, username);
CREATE INDEX portal_users_customer_id_id ON portal_users (company_id, customer_id, id);

CREATE TABLE portal_sessions (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    portal_user_id BIGINT NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    revoked BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, portal_user_id) REFERENCES portal_users (company_id, id)
);
CREATE UNIQUE INDEX portal_sessions_token_hash_key ON portal_sessions (company_id, token_hash);
CREATE INDEX portal_sessions_portal_user_id ON portal_sessions (company_id, portal_user_id);

-- What a person has laid into the cart; what is held of it is part of what is reserved in the stock.
CREATE TABLE cart_lines (
    company_id BIGINT NOT NULL,
    portal_user_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL CHECK (quantity_micro > 0),
    held_micro BIGINT NOT NULL CHECK (held_micro >= 0 AND held_micro <= quantity_micro),
    held_until BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, portal_user_id, product_id),
    FOREIGN KEY (company_id, portal_user_id) REFERENCES portal_users (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE INDEX cart_lines_held_until ON cart_lines (company_id, held_until) WHERE held_until IS NOT NULL;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',portal_user.edit', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_rep', 'sales_manager', 'customer_service');
