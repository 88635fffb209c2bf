-- How far each follower of the event stream has come; it moves in the transaction of what it did about the events.

CREATE TABLE followers (
    company_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (company_id, name)
) WITHOUT ROWID;

-- The rules of a company, version after version; what is in force is never changed, only followed by the next.

CREATE TABLE blueprints (
    company_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    based_on BIGINT NOT NULL,
    why TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    activated_by BIGINT,
    activated_at BIGINT,
    PRIMARY KEY (company_id, number)
);

ALTER TABLE companies ADD COLUMN blueprint_no BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN blueprint_no BIGINT NOT NULL DEFAULT 0;

-- A company whose limit was another than that of the rules that come with the product goes on with its own, and so do its orders.

INSERT INTO blueprints (company_id, number, version, state, content, based_on, why, created_by, created_at, activated_by, activated_at)
    SELECT id, 1, 1, 'active', replace('{{standard}}', 'approval = 50000', 'approval = ' || CASE WHEN currency IN ('JPY', 'KRW', 'VND')
        THEN approval_limit_minor || '' ELSE (approval_limit_minor / 100) || '.' || substr((100 + approval_limit_minor % 100) || '', 2) END),
        0, '', 0, created_at, 0, created_at
    FROM companies WHERE approval_limit_minor <> CASE WHEN currency IN ('JPY', 'KRW', 'VND') THEN 50000 ELSE 5000000 END;
UPDATE companies SET blueprint_no = 1 WHERE EXISTS (SELECT 1 FROM blueprints b WHERE b.company_id = companies.id);
UPDATE orders SET blueprint_no = 1 WHERE EXISTS (SELECT 1 FROM blueprints b WHERE b.company_id = orders.company_id);
ALTER TABLE companies DROP COLUMN approval_limit_minor;

-- Signatures side by side, by which rule, and in whose place.

ALTER TABLE approvals ADD COLUMN stage BIGINT NOT NULL DEFAULT 1;
ALTER TABLE approvals ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE approvals ADD COLUMN decided_for BIGINT;
UPDATE approvals SET stage = step;

-- Gates that somebody with the right to it let an order pass; what was missing is owed by the time said.

CREATE TABLE overrides (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    gate TEXT NOT NULL,
    verb TEXT NOT NULL,
    said TEXT NOT NULL,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    used_at BIGINT,
    due_at BIGINT,
    backfilled_by BIGINT,
    backfilled_at BIGINT,
    backfill_note TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX overrides_order_id ON overrides (company_id, order_id);
CREATE INDEX overrides_at_id ON overrides (company_id, at, id);
CREATE INDEX overrides_owed ON overrides (company_id, due_at, id) WHERE due_at IS NOT NULL AND backfilled_at IS NULL;

-- Questions put to who entered an order when it was sent back, and the answers.

CREATE TABLE order_questions (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    no BIGINT NOT NULL,
    field TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answer TEXT NOT NULL,
    answered_by BIGINT,
    answered_at BIGINT,
    PRIMARY KEY (company_id, order_id, no)
) WITHOUT ROWID;

UPDATE roles SET permissions = permissions || ',order.override,blueprint.view' WHERE built_in = 1 AND code IN ('sales_manager', 'finance');
UPDATE roles SET permissions = permissions || ',order.override' WHERE built_in = 1 AND code = 'customer_service';
UPDATE roles SET permissions = permissions || ',blueprint.view,blueprint.edit' WHERE built_in = 1 AND code = 'admin';
UPDATE roles SET permissions = permissions || ',blueprint.view' WHERE built_in = 1 AND code = 'auditor';
