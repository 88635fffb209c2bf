-- What is promised of order lines out of supply that is still to come, part by part with its days (PRM-02, PRM-05). What is reserved needs no such row.
CREATE TABLE order_schedules (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    part_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL CHECK (quantity_micro > 0),
    ready_on TEXT NOT NULL,
    ship_on TEXT NOT NULL,
    arrive_on TEXT NOT NULL,
    promised_on TEXT NOT NULL,
    supply TEXT NOT NULL,
    supply_id BIGINT NOT NULL,
    supply_number TEXT NOT NULL,
    constraint_code TEXT,
    jeopardy TEXT NOT NULL,
    jeopardy_reason TEXT NOT NULL,
    chance BIGINT NOT NULL,
    promised_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, order_id, line_no, part_no),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE INDEX order_schedules_product ON order_schedules (company_id, product_id, warehouse_id);
CREATE INDEX order_schedules_jeopardy ON order_schedules (company_id, jeopardy, promised_on);

-- Whether an order's promised day and the day it is planned to leave are set by what is promised, where nobody has set them.
ALTER TABLE companies ADD COLUMN promise_dates BIGINT NOT NULL DEFAULT 0;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',promise.apply', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
