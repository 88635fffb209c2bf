-- Tasks: who can do what, what is to be done, by whom, in which steps, and what was said about it (TSK-01).

CREATE TABLE skills (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name_zh_cn TEXT NOT NULL,
    name_zh_tw TEXT NOT NULL,
    name_en TEXT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
) WITHOUT ROWID;

CREATE TABLE task_kinds (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name_zh_cn TEXT NOT NULL,
    name_zh_tw TEXT NOT NULL,
    name_en TEXT NOT NULL,
    skills TEXT NOT NULL,
    role TEXT NOT NULL,
    planned_minutes BIGINT NOT NULL,
    due_hours BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    checklist TEXT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
) WITHOUT ROWID;

CREATE TABLE workers (
    company_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    skills TEXT NOT NULL,
    city TEXT NOT NULL,
    district TEXT NOT NULL,
    capacity_minutes BIGINT NOT NULL,
    phone TEXT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
) WITHOUT ROWID;

CREATE TABLE tasks (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    order_id BIGINT,
    order_number TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    cause TEXT NOT NULL,
    cause_code TEXT NOT NULL,
    cause_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    assignee BIGINT,
    status TEXT NOT NULL,
    priority BIGINT NOT NULL,
    city TEXT NOT NULL,
    district TEXT NOT NULL,
    place TEXT NOT NULL,
    skills TEXT NOT NULL,
    planned_minutes BIGINT NOT NULL,
    due_at BIGINT,
    percent BIGINT NOT NULL,
    offered_at BIGINT,
    accepted_at BIGINT,
    delivered_at BIGINT,
    done_at BIGINT,
    quality BIGINT,
    timeliness BIGINT,
    evaluation TEXT NOT NULL,
    evaluated_by BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE UNIQUE INDEX tasks_number_key ON tasks (company_id, number);
CREATE INDEX tasks_status_priority_id ON tasks (company_id, status, priority, id);
CREATE INDEX tasks_assignee_status ON tasks (company_id, assignee, status);
CREATE INDEX tasks_order_id ON tasks (company_id, order_id);
CREATE INDEX tasks_cause_id ON tasks (company_id, cause_id) WHERE cause_id <> 0;
CREATE INDEX tasks_due_at_id ON tasks (company_id, (coalesce(due_at, 9223372036854775807)), id);
CREATE INDEX tasks_done_at ON tasks (company_id, done_at);

CREATE TABLE task_steps (
    company_id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    no BIGINT NOT NULL,
    text TEXT NOT NULL,
    required BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (company_id, task_id, no),
    FOREIGN KEY (company_id, task_id) REFERENCES tasks (company_id, id)
) WITHOUT ROWID;

CREATE TABLE task_entries (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    percent BIGINT NOT NULL,
    by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, task_id) REFERENCES tasks (company_id, id)
);
CREATE INDEX task_entries_task_id_id ON task_entries (company_id, task_id, id);
CREATE INDEX task_entries_kind_at ON task_entries (company_id, kind, at);

-- Companies that are there already start with the standard lists and permissions too.
INSERT INTO skills (company_id, code, version, name_zh_cn, name_zh_tw, name_en, active)
    SELECT company_id, 'measure', 1, '量尺', '丈量', 'Measuring', 1 FROM companies;
INSERT INTO skills (company_id, code, version, name_zh_cn, name_zh_tw, name_en, active)
    SELECT company_id, 'install', 1, '安装', '安裝', 'Installation', 1 FROM companies;
INSERT INTO skills (company_id, code, version, name_zh_cn, name_zh_tw, name_en, active)
    SELECT company_id, 'call', 1, '客户沟通', '客戶溝通', 'Customer calls', 1 FROM companies;
INSERT INTO task_kinds (company_id, code, version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active)
    SELECT company_id, 'measure', 1, '上门量尺', '到府丈量', 'Measure on site', 'measure', 'after_sales', 120, 48, 2, '与客户约好上门时间
现场测量并拍照
尺寸请客户签字确认', 1 FROM companies;
INSERT INTO task_kinds (company_id, code, version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active)
    SELECT company_id, 'install', 1, '上门安装', '到府安裝', 'Installation', 'install', 'after_sales', 240, 72, 2, '核对到货数量
安装并清理现场
请客户验收签字', 1 FROM companies;
INSERT INTO task_kinds (company_id, code, version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active)
    SELECT company_id, 'backfill', 1, '补齐凭证', '補齊憑證', 'Supply evidence', '', '', 30, 24, 2, '上传凭证', 1 FROM companies;
INSERT INTO task_kinds (company_id, code, version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active)
    SELECT company_id, 'call_customer', 1, '联系客户', '聯絡客戶', 'Call the customer', 'call', 'after_sales', 20, 24, 3, '', 1 FROM companies;
INSERT INTO task_kinds (company_id, code, version, name_zh_cn, name_zh_tw, name_en, skills, role, planned_minutes, due_hours, priority, checklist, active)
    SELECT company_id, 'expedite', 1, '催办', '催辦', 'Expedite', '', 'customer_service', 15, 4, 1, '', 1 FROM companies;
UPDATE roles SET permissions = permissions || ',task.view', version = version + 1 WHERE built_in = 1;
UPDATE roles SET permissions = permissions || ',worker.edit' WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'customer_service');
UPDATE roles SET permissions = permissions || ',task.create' WHERE built_in = 1 AND code IN ('sales_rep', 'sales_manager', 'customer_service', 'after_sales');
UPDATE roles SET permissions = permissions || ',task.dispatch,task.evaluate' WHERE built_in = 1 AND code IN ('sales_manager', 'customer_service');
UPDATE roles SET permissions = permissions || ',task.work'
    WHERE built_in = 1 AND code IN ('sales_rep', 'sales_manager', 'customer_service', 'finance', 'warehouse', 'after_sales');
