-- Quotas: scarce products shared out by customer grade, channel or region and period (PRM-06).
CREATE TABLE quotas (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    product_id BIGINT NOT NULL,
    grade TEXT NOT NULL,
    channel TEXT NOT NULL,
    region TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    limit_micro BIGINT NOT NULL CHECK (limit_micro > 0),
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE UNIQUE INDEX quotas_code ON quotas (company_id, code);
CREATE INDEX quotas_product_active ON quotas (company_id, product_id, id) WHERE active = 1;

-- What is taken: added to under a guard, so that orders at the same time never take more than there is.
CREATE TABLE quota_counts (
    company_id BIGINT NOT NULL,
    quota_id BIGINT NOT NULL,
    limit_micro BIGINT NOT NULL,
    taken_micro BIGINT NOT NULL CHECK (taken_micro >= 0 AND taken_micro <= limit_micro),
    PRIMARY KEY (company_id, quota_id),
    FOREIGN KEY (company_id, quota_id) REFERENCES quotas (company_id, id)
);

-- What each line of an order has taken of which quota; the counters are their sums.
CREATE TABLE quota_takes (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    quota_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL CHECK (quantity_micro > 0),
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, order_id, line_no, quota_id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, quota_id) REFERENCES quotas (company_id, id)
);
CREATE INDEX quota_takes_quota ON quota_takes (company_id, quota_id, order_id);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',quota.view', version = version + 1
    WHERE built_in = 1 AND code IN ('auditor', 'customer_service', 'sales_rep');
UPDATE roles SET permissions = permissions || ',quota.edit,quota.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
