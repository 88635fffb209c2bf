-- Bins, lots and serial numbers, statuses, and what lies where by them (INV-01, INV-07). Goods without any of these need no row but that of the
-- warehouse, so nothing of what was there before changes.
ALTER TABLE stock ADD COLUMN held_micro BIGINT NOT NULL DEFAULT 0 CHECK (held_micro >= 0 AND on_hand_micro >= reserved_micro + held_micro);
ALTER TABLE stock ADD COLUMN placed_micro BIGINT NOT NULL DEFAULT 0 CHECK (placed_micro >= 0 AND on_hand_micro >= placed_micro);

CREATE TABLE bins (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX bins_warehouse_code ON bins (company_id, warehouse_id, code);

CREATE TABLE lots (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    made_on TEXT,
    expires_on TEXT,
    origin TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE UNIQUE INDEX lots_code_product ON lots (company_id, code, product_id);
CREATE INDEX lots_product ON lots (company_id, product_id, id);

CREATE TABLE stock_places (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    bin_id BIGINT NOT NULL,
    lot_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    on_hand_micro BIGINT NOT NULL CHECK (on_hand_micro >= 0),
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX stock_places_spot ON stock_places (company_id, product_id, warehouse_id, lot_id, bin_id, status);
CREATE INDEX stock_places_filled ON stock_places (company_id, product_id, warehouse_id) WHERE on_hand_micro > 0;
CREATE INDEX stock_places_lot ON stock_places (company_id, lot_id) WHERE lot_id <> 0;

ALTER TABLE stock_movements ADD COLUMN bin_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN lot_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN status TEXT NOT NULL DEFAULT 'free';
ALTER TABLE stock_movements ADD COLUMN unit_cost_micro BIGINT;
ALTER TABLE stock_movements ADD COLUMN average_cost_micro BIGINT;
CREATE INDEX stock_movements_average ON stock_movements (company_id, product_id, at) WHERE average_cost_micro IS NOT NULL;
CREATE INDEX stock_movements_lot ON stock_movements (company_id, lot_id, id) WHERE lot_id <> 0;
CREATE INDEX stock_movements_cause ON stock_movements (company_id, cause_kind, cause_id) WHERE on_hand_delta_micro <> 0;

-- What a lot was made of (INV-07).
CREATE TABLE lot_sources (
    company_id BIGINT NOT NULL,
    lot_id BIGINT NOT NULL,
    source_lot_id BIGINT NOT NULL,
    quantity_micro BIGINT NOT NULL CHECK (quantity_micro > 0),
    PRIMARY KEY (company_id, lot_id, source_lot_id),
    FOREIGN KEY (company_id, lot_id) REFERENCES lots (company_id, id),
    FOREIGN KEY (company_id, source_lot_id) REFERENCES lots (company_id, id)
);
CREATE INDEX lot_sources_source ON lot_sources (company_id, source_lot_id);

-- What one unit is worth by the moving average (INV-04).
CREATE TABLE stock_costs (
    company_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    average_micro BIGINT NOT NULL,
    PRIMARY KEY (company_id, product_id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);

-- What readers of radio tags saw (INV-05).
CREATE TABLE tag_sightings (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    reader TEXT NOT NULL,
    tag TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    reads BIGINT NOT NULL,
    visits BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX tag_sightings_tag_reader ON tag_sightings (company_id, tag, reader);
CREATE INDEX tag_sightings_last_at ON tag_sightings (company_id, last_at, id);
CREATE INDEX bins_code ON bins (company_id, code);
