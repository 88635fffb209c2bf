-- Further units with exact ratios, options, and what else is known of a product (CAT-01, CAT-02).

ALTER TABLE products ADD COLUMN units TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN options TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN tracking TEXT NOT NULL DEFAULT 'none';
ALTER TABLE products ADD COLUMN length_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN width_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN height_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN shelf_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN hazardous BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN pack_quantity_micro BIGINT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN packing_rules TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN quality_standard TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN substitutes TEXT NOT NULL DEFAULT '';

-- What a line was sold as, what was chosen, and the standard that was agreed.

ALTER TABLE order_lines ADD COLUMN sold TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN configuration TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN quality_standard TEXT NOT NULL DEFAULT '';
