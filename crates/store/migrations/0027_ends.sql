-- Closing short: what of a line is given up, and why (CHG-05).

ALTER TABLE order_lines ADD COLUMN closed_micro BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',order.close_short', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
