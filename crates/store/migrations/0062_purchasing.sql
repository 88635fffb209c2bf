-- Suppliers and what they supply (PUR-01).
CREATE TABLE suppliers (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    currency TEXT NOT NULL,
    terms_days BIGINT NOT NULL,
    lead_days BIGINT NOT NULL,
    calendar TEXT NOT NULL,
    over_tolerance BIGINT NOT NULL,
    under_tolerance BIGINT NOT NULL,
    notes TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX suppliers_code ON suppliers (company_id, code);

CREATE TABLE supplier_products (
    company_id BIGINT NOT NULL,
    supplier_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    supplier_code TEXT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    minimum_micro BIGINT NOT NULL,
    multiple_micro BIGINT NOT NULL,
    lead_days BIGINT,
    rush_lead_days BIGINT,
    rush_rate BIGINT NOT NULL,
    rush_amount_micro BIGINT NOT NULL,
    preferred BIGINT NOT NULL,
    PRIMARY KEY (company_id, supplier_id, product_id),
    FOREIGN KEY (company_id, supplier_id) REFERENCES suppliers (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE INDEX supplier_products_product_id ON supplier_products (company_id, product_id, supplier_id);
-- A product has one preferred supplier.
CREATE UNIQUE INDEX supplier_products_preferred ON supplier_products (company_id, product_id) WHERE preferred = 1;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',supplier.edit,supplier.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager');
UPDATE roles SET permissions = permissions || ',supplier.view', version = version + 1
    WHERE built_in = 1 AND code IN ('finance', 'warehouse', 'auditor');
