-- Steps that were skipped, by when (KPI-05): each part of the list is a range of one of these.

CREATE INDEX overrides_used_at_id ON overrides (company_id, used_at, id) WHERE used_at IS NOT NULL;
CREATE INDEX approvals_substitute ON approvals (company_id, decided_at, order_id) WHERE decided_for IS NOT NULL;
CREATE INDEX follow_ups_waived ON follow_ups (company_id, done_at, id) WHERE status = 'waived';
CREATE INDEX clocks_breached_at_id ON clocks (company_id, breached_at, id) WHERE breached_at IS NOT NULL;
