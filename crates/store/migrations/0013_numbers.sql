-- Every kind of document is numbered by a pattern of the company (INT-10).

ALTER TABLE companies ADD COLUMN shipment_pattern TEXT NOT NULL DEFAULT 'DN{yyyy}{000000}';
ALTER TABLE companies ADD COLUMN invoice_pattern TEXT NOT NULL DEFAULT 'INV{yyyy}{000000}';
ALTER TABLE companies ADD COLUMN payment_pattern TEXT NOT NULL DEFAULT 'PAY{yyyy}{000000}';
ALTER TABLE companies ADD COLUMN task_pattern TEXT NOT NULL DEFAULT 'TK{yyyy}{000000}';
-- Where a pattern was ever another, each number is looked for before it is given.
ALTER TABLE companies ADD COLUMN renumbered BIGINT NOT NULL DEFAULT 0;
UPDATE companies SET renumbered = 1 WHERE order_pattern <> 'SO{yyyy}{000000}';
