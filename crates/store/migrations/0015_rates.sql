-- Dated exchange rates, and what each order keeps of them (PRC-07).

CREATE TABLE exchange_rates (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    currency TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    -- Currency and year of the first day.
    period TEXT NOT NULL,
    -- Units of the company's currency for one of the foreign one, in billionths.
    rate_nano BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX exchange_rates_day_key ON exchange_rates (company_id, currency, valid_from);
CREATE INDEX exchange_rates_valid_from_currency ON exchange_rates (company_id, valid_from, currency);
CREATE INDEX exchange_rates_period ON exchange_rates (company_id, period);

ALTER TABLE orders ADD COLUMN exchange_rate_nano BIGINT;

-- Entries of the price book for a grade, a sales category, a channel, in any currency (PRC-01); empty: for everybody.

ALTER TABLE prices ADD COLUMN grade TEXT NOT NULL DEFAULT '';
ALTER TABLE prices ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE prices ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE prices ADD COLUMN currency TEXT NOT NULL DEFAULT 'CNY';
UPDATE prices SET currency = (SELECT c.currency FROM companies c WHERE c.company_id = prices.company_id AND c.id = prices.company_id);
DROP INDEX prices_step_key;
CREATE UNIQUE INDEX prices_step_key
    ON prices (company_id, product_id, customer_id, grade, category, channel, currency, min_quantity_micro, valid_from);

-- The rule of the book that gave the price of a line.
ALTER TABLE order_lines ADD COLUMN book_rule TEXT NOT NULL DEFAULT '';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',rate.edit', version = version + 1 WHERE built_in = 1 AND code IN ('admin', 'finance');
