-- How often a company was written to: a writer whose number is still the last one holds what the database has, and need not read it again.

ALTER TABLE chains ADD COLUMN writes BIGINT NOT NULL DEFAULT 0;

-- PostgreSQL checks a foreign key row by row and locks what it refers to; for lines that costs four times what writing them does. There the same
-- is asked once a statement, of all rows it wrote; nobody can take away what is referred to meanwhile, since writers of a company come one after
-- the other by the lock on its chain. What is referred to is not deleted while a line refers to it.

--postgres: CREATE FUNCTION lines_stay_with_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: RAISE foreign_key_violation USING MESSAGE = format('a row of %s stays with its own', TG_TABLE_NAME); END $$;
--postgres: ALTER TABLE order_lines DROP CONSTRAINT order_lines_company_id_order_id_fkey;
--postgres: ALTER TABLE order_lines DROP CONSTRAINT order_lines_company_id_product_id_fkey;
--postgres: CREATE FUNCTION order_lines_have_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM orders p WHERE p.company_id = w.company_id AND p.id = w.order_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of order_lines has no row of orders'; END IF;
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM products p WHERE p.company_id = w.company_id AND p.id = w.product_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of order_lines has no row of products'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER order_lines_have_theirs AFTER INSERT ON order_lines REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION order_lines_have_theirs();
--postgres: CREATE FUNCTION order_lines_get_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF NOT EXISTS (SELECT FROM orders p WHERE p.company_id = NEW.company_id AND p.id = NEW.order_id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of order_lines has no row of orders'; END IF;
--postgres: IF NOT EXISTS (SELECT FROM products p WHERE p.company_id = NEW.company_id AND p.id = NEW.product_id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of order_lines has no row of products'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER order_lines_get_theirs AFTER UPDATE OF company_id, order_id, product_id ON order_lines FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.order_id <> NEW.order_id OR OLD.product_id <> NEW.product_id) EXECUTE FUNCTION order_lines_get_theirs();
--postgres: ALTER TABLE approvals DROP CONSTRAINT approvals_company_id_order_id_fkey;
--postgres: CREATE FUNCTION approvals_have_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM orders p WHERE p.company_id = w.company_id AND p.id = w.order_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of approvals has no row of orders'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER approvals_have_theirs AFTER INSERT ON approvals REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION approvals_have_theirs();
--postgres: CREATE TRIGGER approvals_keep_theirs AFTER UPDATE OF company_id, order_id ON approvals FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.order_id <> NEW.order_id) EXECUTE FUNCTION lines_stay_with_theirs();
--postgres: ALTER TABLE shipment_lines DROP CONSTRAINT shipment_lines_company_id_shipment_id_fkey;
--postgres: CREATE FUNCTION shipment_lines_have_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM shipments p WHERE p.company_id = w.company_id AND p.id = w.shipment_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of shipment_lines has no row of shipments'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER shipment_lines_have_theirs AFTER INSERT ON shipment_lines REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION shipment_lines_have_theirs();
--postgres: CREATE TRIGGER shipment_lines_keep_theirs AFTER UPDATE OF company_id, shipment_id ON shipment_lines FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.shipment_id <> NEW.shipment_id) EXECUTE FUNCTION lines_stay_with_theirs();
--postgres: ALTER TABLE invoice_lines DROP CONSTRAINT invoice_lines_company_id_invoice_id_fkey;
--postgres: CREATE FUNCTION invoice_lines_have_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM invoices p WHERE p.company_id = w.company_id AND p.id = w.invoice_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of invoice_lines has no row of invoices'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER invoice_lines_have_theirs AFTER INSERT ON invoice_lines REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION invoice_lines_have_theirs();
--postgres: CREATE TRIGGER invoice_lines_keep_theirs AFTER UPDATE OF company_id, invoice_id ON invoice_lines FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.invoice_id <> NEW.invoice_id) EXECUTE FUNCTION lines_stay_with_theirs();
--postgres: ALTER TABLE allocations DROP CONSTRAINT allocations_company_id_payment_id_fkey;
--postgres: ALTER TABLE allocations DROP CONSTRAINT allocations_company_id_invoice_id_fkey;
--postgres: CREATE FUNCTION allocations_have_theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM payments p WHERE p.company_id = w.company_id AND p.id = w.payment_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of allocations has no row of payments'; END IF;
--postgres: IF EXISTS (SELECT FROM written w WHERE NOT EXISTS (SELECT FROM invoices p WHERE p.company_id = w.company_id AND p.id = w.invoice_id)) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of allocations has no row of invoices'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER allocations_have_theirs AFTER INSERT ON allocations REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION allocations_have_theirs();
--postgres: CREATE TRIGGER allocations_keep_theirs AFTER UPDATE OF company_id, payment_id, invoice_id ON allocations FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.payment_id <> NEW.payment_id OR OLD.invoice_id <> NEW.invoice_id) EXECUTE FUNCTION lines_stay_with_theirs();

--postgres: CREATE FUNCTION orders_are_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM order_lines l WHERE l.company_id = OLD.company_id AND l.order_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of orders is needed by order_lines'; END IF;
--postgres: IF EXISTS (SELECT FROM approvals l WHERE l.company_id = OLD.company_id AND l.order_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of orders is needed by approvals'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER orders_are_needed AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION orders_are_needed();
--postgres: CREATE TRIGGER orders_are_needed_as_they_are AFTER UPDATE OF company_id, id ON orders FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.id <> NEW.id) EXECUTE FUNCTION orders_are_needed();
--postgres: CREATE FUNCTION products_are_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM order_lines l WHERE l.company_id = OLD.company_id AND l.product_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of products is needed by order_lines'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER products_are_needed AFTER DELETE ON products FOR EACH ROW EXECUTE FUNCTION products_are_needed();
--postgres: CREATE TRIGGER products_are_needed_as_they_are AFTER UPDATE OF company_id, id ON products FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.id <> NEW.id) EXECUTE FUNCTION products_are_needed();
--postgres: CREATE FUNCTION shipments_are_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM shipment_lines l WHERE l.company_id = OLD.company_id AND l.shipment_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of shipments is needed by shipment_lines'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER shipments_are_needed AFTER DELETE ON shipments FOR EACH ROW EXECUTE FUNCTION shipments_are_needed();
--postgres: CREATE TRIGGER shipments_are_needed_as_they_are AFTER UPDATE OF company_id, id ON shipments FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.id <> NEW.id) EXECUTE FUNCTION shipments_are_needed();
--postgres: CREATE FUNCTION invoices_are_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM invoice_lines l WHERE l.company_id = OLD.company_id AND l.invoice_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of invoices is needed by invoice_lines'; END IF;
--postgres: IF EXISTS (SELECT FROM allocations l WHERE l.company_id = OLD.company_id AND l.invoice_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of invoices is needed by allocations'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER invoices_are_needed AFTER DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION invoices_are_needed();
--postgres: CREATE TRIGGER invoices_are_needed_as_they_are AFTER UPDATE OF company_id, id ON invoices FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.id <> NEW.id) EXECUTE FUNCTION invoices_are_needed();
--postgres: CREATE FUNCTION payments_are_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
--postgres: IF EXISTS (SELECT FROM allocations l WHERE l.company_id = OLD.company_id AND l.payment_id = OLD.id) THEN
--postgres:     RAISE foreign_key_violation USING MESSAGE = 'a row of payments is needed by allocations'; END IF;
--postgres: RETURN NULL; END $$;
--postgres: CREATE TRIGGER payments_are_needed AFTER DELETE ON payments FOR EACH ROW EXECUTE FUNCTION payments_are_needed();
--postgres: CREATE TRIGGER payments_are_needed_as_they_are AFTER UPDATE OF company_id, id ON payments FOR EACH ROW
--postgres:     WHEN (OLD.company_id <> NEW.company_id OR OLD.id <> NEW.id) EXECUTE FUNCTION payments_are_needed();

-- An external number is looked for in all channels at once: it comes first.

CREATE INDEX orders_external_number ON orders (company_id, external_number) WHERE external_number <> '';

-- Without statistics SQLite takes the rows of a company for fewer than they are, and reads them by the primary key rather than look twice; an index
-- that has all columns is looked at once.

DROP INDEX allocations_invoice_id;
DROP INDEX allocations_order_id;
CREATE INDEX allocations_invoice_id ON allocations (company_id, invoice_id, payment_id, order_id, amount_minor);
CREATE INDEX allocations_order_id ON allocations (company_id, order_id, payment_id, invoice_id, amount_minor);

-- Rows that are counted on and moved along are changed more often than they are made: room in their page spares new entries in every index.

--postgres: ALTER TABLE stock SET (fillfactor = 50);
--postgres: ALTER TABLE customer_accounts SET (fillfactor = 50);
--postgres: ALTER TABLE chains SET (fillfactor = 20);
--postgres: ALTER TABLE tallies SET (fillfactor = 20);
--postgres: ALTER TABLE series SET (fillfactor = 20);
--postgres: ALTER TABLE orders SET (fillfactor = 70);
