-- Agents and distributors: their terms, the customers that order through them, and what orders keep of it (PTY-06).
CREATE TABLE agents (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    active BIGINT NOT NULL,
    commission_bp BIGINT NOT NULL CHECK (commission_bp >= 0 AND commission_bp <= 10000),
    basis TEXT NOT NULL,
    notes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);

CREATE TABLE agent_customers (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, agent_id) REFERENCES customers (company_id, id),
    CHECK (agent_id <> customer_id)
);
CREATE INDEX agent_customers_agent_id ON agent_customers (company_id, agent_id, customer_id);

CREATE TABLE order_agents (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    commission_bp BIGINT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (company_id, order_id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, agent_id) REFERENCES customers (company_id, id)
);
CREATE INDEX order_agents_agent_id ON order_agents (company_id, agent_id, order_id);

-- For whom a person of an agent acts at the portal; nothing: for the own customer.
ALTER TABLE portal_sessions ADD COLUMN acting_for BIGINT;

-- For whom something was laid into the cart; nothing: it was before there were agents.
ALTER TABLE cart_lines ADD COLUMN customer_id BIGINT;

UPDATE roles SET permissions = permissions || ',agent.edit,agent.view', version = version + 1
    WHERE built_in = 1 AND code IN ('admin', 'sales_manager', 'finance');
UPDATE roles SET permissions = permissions || ',agent.view', version = version + 1
    WHERE built_in = 1 AND code IN ('sales_rep', 'auditor');
