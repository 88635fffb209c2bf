-- Lists of orders in any sort, however many orders there are: what is closed and what is not lie apart, so that a list of open orders in
-- the order of an amount or a day does not pass by years of closed ones. An order is in one of each pair; only closing and reopening move it.

DROP INDEX orders_required_on_id;
DROP INDEX orders_payable_minor_id;
DROP INDEX orders_ordered_on;
CREATE INDEX orders_live_number_id ON orders (company_id, number, id) WHERE closed_at IS NULL;
CREATE INDEX orders_live_payable_minor_id ON orders (company_id, payable_minor, id) WHERE closed_at IS NULL;
CREATE INDEX orders_live_required_on_id ON orders (company_id, (coalesce(required_on, '9999-12-31')), id) WHERE closed_at IS NULL;
CREATE INDEX orders_closed_number_id ON orders (company_id, number, id) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_closed_payable_minor_id ON orders (company_id, payable_minor, id) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_closed_required_on_id ON orders (company_id, (coalesce(required_on, '9999-12-31')), id) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_ordered_on_id ON orders (company_id, ordered_on, id);
-- "Mine" is what belongs to me, and what I entered for somebody else.
CREATE INDEX orders_rep_id_id ON orders (company_id, rep_id, id);
CREATE INDEX orders_entered_by_id ON orders (company_id, entered_by, id) WHERE rep_id IS NULL OR rep_id <> entered_by;
CREATE INDEX orders_held_id ON orders (company_id, id) WHERE held = 1;
