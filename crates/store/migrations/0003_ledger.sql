-- The ledger is written ten times as often by reservations as by goods that move, and each product's part of it lies elsewhere: an index entry a
-- reservation touches a page each. What is listed by product is what came and went; a reservation is read with its order.

ALTER TABLE stock_movements RENAME TO stock_movements_before;
CREATE TABLE stock_movements (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    on_hand_delta_micro BIGINT NOT NULL,
    reserved_delta_micro BIGINT NOT NULL,
    cause_kind TEXT NOT NULL,
    cause_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
) WITHOUT ROWID;
INSERT INTO stock_movements (company_id, id, product_id, warehouse_id, kind, on_hand_delta_micro, reserved_delta_micro, cause_kind, cause_id, note, by, at)
    SELECT company_id, id, product_id, warehouse_id, kind, on_hand_delta_micro, reserved_delta_micro, cause_kind, cause_id, note, by, at
    FROM stock_movements_before ORDER BY company_id, id;
DROP TABLE stock_movements_before;
CREATE INDEX stock_movements_goods_id ON stock_movements (company_id, id) WHERE on_hand_delta_micro <> 0;
CREATE INDEX stock_movements_goods_product_id_id ON stock_movements (company_id, product_id, id) WHERE on_hand_delta_micro <> 0;

-- Who has prices of their own: most customers have none, and an order of theirs need not look for one line by line.
CREATE VIEW priced_customers AS
    SELECT c.company_id, c.id AS customer_id FROM customers c
    WHERE EXISTS (SELECT 1 FROM prices p WHERE p.company_id = c.company_id AND p.customer_id = c.id);
