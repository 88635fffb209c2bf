-- Charges and allowances of orders, quotations and invoices, with what they come to (PRC-03).
ALTER TABLE orders ADD COLUMN charges TEXT NOT NULL DEFAULT '';
ALTER TABLE quotations ADD COLUMN charges TEXT NOT NULL DEFAULT '';
ALTER TABLE invoices ADD COLUMN charges TEXT NOT NULL DEFAULT '';
