-- What was learned from corrections of orders that were read from messages (INT-05).

CREATE TABLE intake_phrases (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    phrase TEXT NOT NULL,
    said TEXT NOT NULL,
    -- 0: by whomever it is said.
    customer_id BIGINT NOT NULL,
    product_id BIGINT,
    means_id BIGINT,
    unit TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX intake_phrases_phrase_key ON intake_phrases (company_id, phrase, kind, customer_id);

-- A message names its customer by an address, a phone or a name in its midst.
CREATE INDEX customer_contacts_email ON customer_contacts (company_id, email) WHERE email <> '';
CREATE INDEX customer_contacts_phone ON customer_contacts (company_id, phone) WHERE phone <> '';
CREATE INDEX customers_short_name_name_id ON customers (company_id, short_name, name, id);
