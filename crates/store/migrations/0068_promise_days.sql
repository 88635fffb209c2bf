-- Whose days promises count: calendars of company, carriers and customers, days in the warehouse and on the way (PRM-01).
CREATE TABLE promise_days (
    company_id BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number = 1),
    version BIGINT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (company_id, number)
);
