-- What a customer last paid for a product, so that another price is noticed (PRC-02).

CREATE TABLE last_prices (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    currency TEXT NOT NULL,
    tax_inclusive BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    ordered_on TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id, product_id)
);

ALTER TABLE order_lines ADD COLUMN last_price_micro BIGINT;
ALTER TABLE order_lines ADD COLUMN last_price_on TEXT;
ALTER TABLE order_lines ADD COLUMN price_reason TEXT NOT NULL DEFAULT '';

-- The price below which a product is not sold without somebody's consent (PRC-05).

ALTER TABLE products ADD COLUMN floor_price_micro BIGINT;
ALTER TABLE order_lines ADD COLUMN unit_floor_micro BIGINT;
