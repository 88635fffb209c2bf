-- What products cost and what the lines of orders were priced with (PRC-05, APR-03). Not known of what was there before.

ALTER TABLE products ADD COLUMN standard_cost_micro BIGINT;
ALTER TABLE order_lines ADD COLUMN unit_cost_micro BIGINT;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',credit.edit,product.cost', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'finance');
UPDATE roles SET permissions = permissions || ',customer.edit', version = version + 1
    WHERE built_in = 1 AND code = 'finance' AND ',' || permissions || ',' NOT LIKE '%,customer.edit,%';
