-- What customers chose about lines that are short, each proved (INV-03).
CREATE TABLE shortage_choices (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    choice_no BIGINT NOT NULL,
    short_micro BIGINT NOT NULL,
    option_code TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    promised_on TEXT NOT NULL,
    extra_cost_minor BIGINT,
    compensation TEXT NOT NULL,
    compensation_minor BIGINT NOT NULL,
    evidence_id BIGINT NOT NULL,
    change_id BIGINT,
    purchase_id BIGINT,
    transfer_id BIGINT,
    task_id BIGINT,
    note TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, order_id, line_no, choice_no),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, evidence_id) REFERENCES evidence (company_id, id)
);
-- Lines that lack goods.
CREATE INDEX order_lines_short ON order_lines (company_id, order_id) WHERE reserved_micro + shipped_micro + closed_micro < quantity_micro;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',shortage.choose', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
