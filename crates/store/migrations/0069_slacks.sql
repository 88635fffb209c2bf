-- Slack between the day goods arrive and the day the customer is told, with the yes of the sales side (PRM-02).
CREATE TABLE order_slacks (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    days BIGINT NOT NULL,
    agreed_days BIGINT NOT NULL,
    reason TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_by BIGINT,
    answered_at BIGINT,
    answer TEXT NOT NULL,
    PRIMARY KEY (company_id, order_id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',promise.ask_slack', version = version + 1
    WHERE built_in = 1 AND code = 'customer_service';
UPDATE roles SET permissions = permissions || ',promise.answer_slack', version = version + 1
    WHERE built_in = 1 AND code = 'sales_rep';
UPDATE roles SET permissions = permissions || ',promise.answer_slack,promise.ask_slack', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
