-- Which version of its order a confirmation is of: 1 as it was approved, one more with each change (CNF-01, CHG-01).

ALTER TABLE confirmations ADD COLUMN order_revision BIGINT NOT NULL DEFAULT 1;
UPDATE confirmations SET order_revision = 1 + (
    SELECT count(*) FROM changes c
    WHERE c.company_id = confirmations.company_id AND c.order_id = confirmations.order_id AND c.status = 'applied' AND c.ended_at <= confirmations.sent_at);
