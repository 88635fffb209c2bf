-- What an order has reserved, line by line and warehouse by warehouse (INV-02). Until now all of it was in the order's own warehouse.
CREATE TABLE reservations (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL CHECK (quantity_micro > 0),
    kind TEXT NOT NULL,
    expires_at BIGINT,
    reserved_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, order_id, line_no, warehouse_id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE INDEX reservations_product ON reservations (company_id, product_id, warehouse_id);
CREATE INDEX reservations_expires ON reservations (company_id, expires_at) WHERE expires_at IS NOT NULL;
INSERT INTO reservations (company_id, order_id, line_no, warehouse_id, product_id, quantity_micro, kind, reserved_at)
    SELECT l.company_id, l.order_id, l.line_no, o.warehouse_id, l.product_id, l.reserved_micro, 'soft', coalesce(o.submitted_at, o.created_at)
    FROM order_lines l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id WHERE l.reserved_micro > 0;

-- Lines that wait for goods, by product: what is promised of it is looked at for each promise.
CREATE INDEX order_lines_product_open ON order_lines (company_id, product_id, order_id) WHERE shipped_micro + closed_micro < quantity_micro;

-- Where the goods of a warehouse's orders come from as far as it has too few itself.
ALTER TABLE warehouses ADD COLUMN also_from TEXT NOT NULL DEFAULT '[]';
-- After so many hours what is reserved for an order that has not taken effect is free again; 0: never.
ALTER TABLE companies ADD COLUMN reserve_hours BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN priority BIGINT NOT NULL DEFAULT 5;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',order.prioritize,reservation.move', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
