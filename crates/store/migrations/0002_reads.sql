-- Lists of orders in any sort, however many orders there are. What is effective is where people work; its indexes are small, an order comes
-- into them when it takes effect and leaves them when it ends, and no other change touches them.

DROP INDEX orders_ordered_on;
CREATE INDEX orders_ordered_on_id ON orders (company_id, ordered_on, id);
CREATE INDEX orders_number_id ON orders (company_id, number, id);
CREATE INDEX orders_effective_number_id ON orders (company_id, number, id) WHERE status = 'effective';
CREATE INDEX orders_effective_payable_minor_id ON orders (company_id, payable_minor, id) WHERE status = 'effective';
CREATE INDEX orders_effective_required_on_id ON orders (company_id, (coalesce(required_on, '9999-12-31')), id) WHERE status = 'effective';
-- "Mine" is what belongs to me, and what I entered for somebody else.
CREATE INDEX orders_rep_id_id ON orders (company_id, rep_id, id);
CREATE INDEX orders_entered_by_id ON orders (company_id, entered_by, id) WHERE rep_id IS NULL OR rep_id <> entered_by;
CREATE INDEX orders_held_id ON orders (company_id, id) WHERE held = 1;
