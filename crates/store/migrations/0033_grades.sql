-- What is known of the grades of customers beside the grade itself: what the rule says and by which figures, and what people propose (PTY-02).
CREATE TABLE customer_grades (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    source TEXT NOT NULL,
    set_by BIGINT,
    set_at BIGINT,
    reason TEXT NOT NULL,
    rule_grade TEXT,
    turnover_minor BIGINT NOT NULL,
    unrated_count BIGINT NOT NULL,
    due_count BIGINT NOT NULL,
    late_count BIGINT NOT NULL,
    late_days BIGINT NOT NULL,
    since_on TEXT,
    computed_on TEXT,
    computed_at BIGINT,
    blueprint_no BIGINT NOT NULL,
    proposed_grade TEXT,
    proposed_by BIGINT,
    proposed_at BIGINT,
    proposed_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);
CREATE INDEX customer_grades_turnover ON customer_grades (company_id, turnover_minor, customer_id);
CREATE INDEX customer_grades_proposed ON customer_grades (company_id, customer_id) WHERE proposed_grade IS NOT NULL;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',customer.grade', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'finance');
