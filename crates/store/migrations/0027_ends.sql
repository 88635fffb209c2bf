-- How orders end: what of a line is given up, and why; what cancelling costs, and by which rule (CHG-04, CHG-05).

ALTER TABLE order_lines ADD COLUMN closed_micro BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_lines ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN cancel_cost_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN cancel_rule TEXT NOT NULL DEFAULT '';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',order.close_short', version = version + 1
    WHERE built_in = 1 AND code = 'customer_service';
UPDATE roles SET permissions = permissions || ',order.cancel,order.close_short,order.waive_cancel_cost', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
UPDATE roles SET permissions = permissions || ',payment.refund', version = version + 1
    WHERE built_in = 1 AND code = 'finance';
