-- Transfers between warehouses and stock counts (INV-04).
CREATE TABLE transfers (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    expected_on TEXT,
    note TEXT NOT NULL,
    end_reason TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, from_id) REFERENCES warehouses (company_id, id),
    FOREIGN KEY (company_id, to_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX transfers_number ON transfers (company_id, number);
CREATE INDEX transfers_sent ON transfers (company_id, to_id, id) WHERE status = 'sent';

CREATE TABLE transfer_lines (
    company_id BIGINT NOT NULL,
    transfer_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    lot_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    received_micro BIGINT NOT NULL CHECK (received_micro >= 0),
    lost_micro BIGINT NOT NULL CHECK (lost_micro >= 0),
    PRIMARY KEY (company_id, transfer_id, line_no),
    FOREIGN KEY (company_id, transfer_id) REFERENCES transfers (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE INDEX transfer_lines_open ON transfer_lines (company_id, product_id, transfer_id) WHERE received_micro + lost_micro < quantity_micro;

CREATE TABLE stock_counts (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    blind BIGINT NOT NULL,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_by BIGINT,
    approved_by BIGINT,
    approved_at BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX stock_counts_number ON stock_counts (company_id, number);

CREATE TABLE stock_count_lines (
    company_id BIGINT NOT NULL,
    count_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    bin_id BIGINT NOT NULL,
    lot_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    book_micro BIGINT,
    counted_micro BIGINT CHECK (counted_micro >= 0),
    counted_by BIGINT,
    counted_at BIGINT,
    PRIMARY KEY (company_id, count_id, line_no),
    FOREIGN KEY (company_id, count_id) REFERENCES stock_counts (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',stock.count,stock.move,stock.scrap,stock.transfer', version = version + 1
    WHERE built_in = 1 AND code = 'warehouse';
UPDATE roles SET permissions = permissions || ',stock.approve_count', version = version + 1
    WHERE built_in = 1 AND code = 'finance';
