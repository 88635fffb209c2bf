-- What a foreign currency was worth on the day the money came.
ALTER TABLE payments ADD COLUMN exchange_rate_nano BIGINT;
