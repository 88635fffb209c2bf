-- What went wrong with an order downstream, answered with redo or give up; and questions that let an order rest (CHG-05).
CREATE TABLE order_exceptions (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    parts TEXT NOT NULL,
    shipment_id BIGINT,
    shipment_number TEXT NOT NULL,
    by_system BIGINT NOT NULL,
    opened_by BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    goods TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered_by BIGINT,
    answered_at BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE INDEX order_exceptions_order_id ON order_exceptions (company_id, order_id, id);
CREATE INDEX order_exceptions_status ON order_exceptions (company_id, status, opened_at, id);

ALTER TABLE orders ADD COLUMN open_exceptions BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN held_question_no BIGINT NOT NULL DEFAULT 0;

ALTER TABLE order_questions ADD COLUMN holds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_questions ADD COLUMN for_customer BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_questions ADD COLUMN answered_name TEXT NOT NULL DEFAULT '';
ALTER TABLE order_questions ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE order_questions ADD COLUMN withdraw_reason TEXT NOT NULL DEFAULT '';

UPDATE roles SET permissions = permissions || ',exception.answer,exception.open,order.ask', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
UPDATE roles SET permissions = permissions || ',exception.open,order.ask', version = version + 1
    WHERE built_in = 1 AND code IN ('warehouse', 'after_sales');
UPDATE roles SET permissions = permissions || ',order.ask', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'finance');
