-- Time limits that run, the calendars they count by, and who stands in for whom (TSK-03, TSK-04).

CREATE TABLE calendars (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name_zh_cn TEXT NOT NULL,
    name_zh_tw TEXT NOT NULL,
    name_en TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (company_id, code)
);

CREATE TABLE clocks (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    calendar TEXT NOT NULL,
    calendar_version BIGINT NOT NULL,
    terms TEXT NOT NULL,
    limit_micros BIGINT NOT NULL,
    spent_micros BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    running_since BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    warn_at BIGINT NOT NULL,
    next_at BIGINT,
    state TEXT NOT NULL,
    fired BIGINT NOT NULL,
    paused_at BIGINT,
    paused_by BIGINT NOT NULL,
    pause_reason TEXT NOT NULL,
    breached_at BIGINT,
    stopped_at BIGINT,
    started_by BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX clocks_next_at ON clocks (company_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX clocks_subject_id ON clocks (company_id, subject_id);
CREATE INDEX clocks_due_at ON clocks (company_id, due_at, id) WHERE state <> 'stopped';
CREATE INDEX clocks_calendar ON clocks (company_id, calendar, calendar_version) WHERE state <> 'stopped';
--postgres: ALTER TABLE clocks SET (fillfactor = 70);

CREATE TABLE absences (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    substitute_id BIGINT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, substitute_id) REFERENCES users (company_id, id)
);
CREATE INDEX absences_user_id ON absences (company_id, user_id);
CREATE INDEX absences_substitute_id ON absences (company_id, substitute_id);
CREATE INDEX absences_from_on ON absences (company_id, from_on, id);

-- Companies that are there already get the calendars that new ones start with, and their roles what new ones may.

INSERT INTO calendars (company_id, code, version, name_zh_cn, name_zh_tw, name_en, content)
SELECT id, 'always', 1, '全天候', '全天候', 'Around the clock', '{"zone":"' || time_zone || '","always":true}' FROM companies;

INSERT INTO calendars (company_id, code, version, name_zh_cn, name_zh_tw, name_en, content)
SELECT id, 'office', 1, '办公时间', '辦公時間', 'Office hours', '{"zone":"' || time_zone || '"'
    || ',"monday":["09:00-12:00","13:00-18:00"],"tuesday":["09:00-12:00","13:00-18:00"],"wednesday":["09:00-12:00","13:00-18:00"]'
    || ',"thursday":["09:00-12:00","13:00-18:00"],"friday":["09:00-12:00","13:00-18:00"]}' FROM companies;

UPDATE roles SET permissions = permissions || ',clock.start,clock.pause,clock.stop'
WHERE built_in = 1 AND code IN ('sales_rep', 'sales_manager', 'customer_service', 'after_sales');

UPDATE roles SET permissions = permissions || ',absence.edit,calendar.edit' WHERE built_in = 1 AND code = 'admin';
