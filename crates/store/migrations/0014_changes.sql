-- Change orders: what is to change of an order that has taken effect, what comes of it, and who signed (CHG-01, CHG-02, CHG-03).

CREATE TABLE changes (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_name TEXT NOT NULL,
    status TEXT NOT NULL,
    side TEXT NOT NULL,
    reason TEXT NOT NULL,
    items TEXT NOT NULL,
    effect TEXT NOT NULL,
    round BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT,
    answered_at BIGINT,
    answered_by BIGINT,
    evidence_id BIGINT,
    ended_by BIGINT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, evidence_id) REFERENCES evidence (company_id, id)
);
CREATE UNIQUE INDEX changes_number ON changes (company_id, number);
CREATE INDEX changes_order_id ON changes (company_id, order_id, id);
CREATE INDEX changes_open ON changes (company_id, order_id) WHERE status IN ('submitted', 'answering');
CREATE INDEX changes_status ON changes (company_id, status, id);
CREATE INDEX changes_customer_id ON changes (company_id, customer_id, id);

CREATE TABLE change_approvals (
    company_id BIGINT NOT NULL,
    change_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    step BIGINT NOT NULL,
    stage BIGINT NOT NULL,
    rule TEXT NOT NULL,
    role TEXT NOT NULL,
    decision TEXT,
    decided_by BIGINT,
    decided_for BIGINT,
    decided_at BIGINT,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, change_id, round, step),
    FOREIGN KEY (company_id, change_id) REFERENCES changes (company_id, id)
);

ALTER TABLE companies ADD COLUMN change_pattern TEXT NOT NULL DEFAULT 'BG{yyyy}{000000}';

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',change.answer,change.create', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'customer_service');
UPDATE roles SET permissions = permissions || ',change.answer,change.approve,change.create', version = version + 1
    WHERE built_in = 1 AND code = 'sales_manager';
UPDATE roles SET permissions = permissions || ',change.approve', version = version + 1
    WHERE built_in = 1 AND code = 'finance';
