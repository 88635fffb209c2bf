-- How far each follower of the event stream has come; it moves in the transaction of what it did about the events.

CREATE TABLE followers (
    company_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (company_id, name)
) WITHOUT ROWID;
