-- Messages may be about a quotation: what is answered to a question is shown where the quotation is (QUO-01, INT-07).
ALTER TABLE messages ADD COLUMN quotation_id BIGINT;
ALTER TABLE messages ADD COLUMN quotation_number TEXT NOT NULL DEFAULT '';
CREATE INDEX messages_quotation_number_id ON messages (company_id, quotation_number, id) WHERE quotation_number <> '';
