-- Who needs phones and e-mails of customers' people for the work goes on seeing them in whole (PTY-05).
UPDATE roles SET permissions = permissions || ',personal_data.see', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_rep', 'sales_manager', 'customer_service', 'finance', 'warehouse', 'after_sales');

-- Programs see what they saw, as far as their user may.
UPDATE api_tokens SET scopes = scopes || ',personal_data.see', version = version + 1 WHERE scopes <> '';

-- What is found under a customer that is merged into another one.
CREATE INDEX promotions_customer_id ON promotions (company_id, customer_id, id);
CREATE INDEX promotion_uses_customer_id ON promotion_uses (company_id, customer_id, promotion_id);
