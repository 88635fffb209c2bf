-- How long a cart of the portal holds stock, in minutes; 0: not at all (INT-07).
ALTER TABLE companies ADD COLUMN cart_hold_minutes BIGINT NOT NULL DEFAULT 30;
