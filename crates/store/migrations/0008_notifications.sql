-- Notifications: where people and programs are reached, what they are told, and what became of it.

ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';

CREATE TABLE mail_settings (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    active BIGINT NOT NULL,
    host TEXT NOT NULL,
    port BIGINT NOT NULL,
    security TEXT NOT NULL,
    username TEXT NOT NULL,
    secret TEXT NOT NULL,
    from_address TEXT NOT NULL,
    from_name TEXT NOT NULL,
    site_url TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
) WITHOUT ROWID;

CREATE TABLE webhooks (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    kinds TEXT NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT NOT NULL,
    old_secret_until BIGINT,
    active BIGINT NOT NULL,
    stopped TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX webhooks_active ON webhooks (company_id, active);

CREATE TABLE robots (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    provider TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    kinds TEXT NOT NULL,
    language TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX robots_active ON robots (company_id, active);

-- The administrator's own words; the built-in ones are in the program.
CREATE TABLE templates (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    subject_zh_cn TEXT NOT NULL,
    body_zh_cn TEXT NOT NULL,
    subject_zh_tw TEXT NOT NULL,
    body_zh_tw TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    body_en TEXT NOT NULL,
    PRIMARY KEY (company_id, code)
) WITHOUT ROWID;

CREATE TABLE notify_settings (
    company_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    in_app BIGINT NOT NULL,
    email BIGINT NOT NULL,
    quiet BIGINT NOT NULL,
    quiet_from_minute BIGINT NOT NULL,
    quiet_to_minute BIGINT NOT NULL,
    urgent_waits BIGINT NOT NULL,
    digest TEXT NOT NULL,
    digest_minute BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
) WITHOUT ROWID;

CREATE TABLE notifications (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    template TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    facts TEXT NOT NULL,
    urgent BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);
CREATE INDEX notifications_user_id ON notifications (company_id, user_id, id);
-- The bell counts what was not read, which is little.
CREATE INDEX notifications_unread ON notifications (company_id, user_id, id) WHERE read_at IS NULL;

CREATE TABLE deliveries (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    dedup TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    endpoint_id BIGINT NOT NULL,
    target TEXT NOT NULL,
    user_id BIGINT,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    facts TEXT NOT NULL,
    gathered BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX deliveries_dedup_key ON deliveries (company_id, dedup);
CREATE INDEX deliveries_state ON deliveries (company_id, state, id);
-- What is still to be sent, by when; each of them is looked for every few seconds.
CREATE INDEX deliveries_due ON deliveries (company_id, next_at) WHERE state IN ('queued', 'sending', 'failed');

-- Who sets the product up may set this up too, who audits may look; a list of codes is sorted when it is read.
UPDATE roles SET permissions = permissions || ',delivery.resend,delivery.view,notification.edit', version = version + 1
    WHERE built_in = 1 AND code = 'admin';
UPDATE roles SET permissions = permissions || ',delivery.view', version = version + 1 WHERE built_in = 1 AND code = 'auditor';
-- What has happened so far is told to nobody.
INSERT INTO followers (company_id, name, version, position)
    SELECT company_id, 'notifications', 1, max(position) FROM events GROUP BY company_id;
