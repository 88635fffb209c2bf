-- Promotions, how often they are used, and what orders have of them (PRC-06).
CREATE TABLE promotions (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    name_zh_cn TEXT NOT NULL,
    name_zh_tw TEXT NOT NULL,
    name_en TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    grade TEXT NOT NULL,
    category TEXT NOT NULL,
    channel TEXT NOT NULL,
    currency TEXT NOT NULL,
    products TEXT NOT NULL,
    terms TEXT NOT NULL,
    combinable BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    limit_total BIGINT NOT NULL,
    limit_customer BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_by BIGINT NOT NULL,
    activated_by BIGINT,
    activated_at BIGINT,
    ended_by BIGINT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX promotions_code ON promotions (company_id, code);
CREATE INDEX promotions_active ON promotions (company_id, currency, id) WHERE status = 'active';

-- Counters of orders that have a promotion: added to under a guard, so that orders at the same time never pass a limit.
CREATE TABLE promotion_uses (
    company_id BIGINT NOT NULL,
    promotion_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    most BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (company_id, promotion_id, customer_id),
    FOREIGN KEY (company_id, promotion_id) REFERENCES promotions (company_id, id)
);

ALTER TABLE orders ADD COLUMN promotions_used TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN promotions_declined TEXT NOT NULL DEFAULT '';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',promotion.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'finance', 'warehouse', 'after_sales', 'auditor');
UPDATE roles SET permissions = permissions || ',promotion.create,promotion.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service');
UPDATE roles SET permissions = permissions || ',promotion.activate,promotion.create,promotion.view', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
