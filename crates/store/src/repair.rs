//! What counters would be, reckoned anew from the rows they count: the movement ledger, the papers, the payments.

use domain::CompanyId;

use crate::fault::Fault;
use crate::read::{Reader, read};

/// A counter that is not what its rows come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The table it stands in.
    pub table: &'static str,
    /// The row's key.
    pub key: [i64; 2],
    /// What the row is, for people.
    pub what: String,
    /// The counter.
    pub counter: &'static str,
    /// What it says, in the smallest unit.
    pub kept: i64,
    /// What its rows come to.
    pub reckoned: i64,
}

/// A counter, and the statement that finds the rows where it is wrong: two integers of the key, a name, what is kept, what is reckoned.
struct Counter {
    table: &'static str,
    counter: &'static str,
    text: String,
}

/// A counter of `stock` as the sum of the ledger entries for which `counts` is true.
fn of_stock(counter: &'static str, delta: &str, counts: &str) -> Counter {
    let text = format!(
        "SELECT s.product_id, s.warehouse_id, p.code || ', ' || w.code, s.{counter}, coalesce(m.sum, 0) FROM stock s
         JOIN products p ON p.company_id = s.company_id AND p.id = s.product_id JOIN warehouses w ON w.company_id = s.company_id AND w.id = s.warehouse_id
         LEFT JOIN (SELECT product_id, warehouse_id, CAST(sum({delta}) AS BIGINT) AS sum FROM stock_movements WHERE company_id = ?1 AND {counts} GROUP BY product_id, warehouse_id) m
         ON m.product_id = s.product_id AND m.warehouse_id = s.warehouse_id
         WHERE s.company_id = ?1 AND s.{counter} <> coalesce(m.sum, 0) ORDER BY 3"
    );
    Counter { table: "stock", counter, text }
}

/// A counter of an account as the sum over the rows of another table, those of merged files counted with the file that is left.
fn of_account(counter: &'static str, sum: &str, from: &str) -> Counter {
    let text = format!(
        "SELECT a.customer_id, 0, c.code, a.{counter}, coalesce(t.sum, 0) FROM customer_accounts a
         JOIN customers c ON c.company_id = a.company_id AND c.id = a.customer_id
         LEFT JOIN (SELECT coalesce(m.merged_into, k.customer_id) AS customer_id, CAST(sum({sum}) AS BIGINT) AS sum FROM {from}
             JOIN customers m ON m.company_id = k.company_id AND m.id = k.customer_id GROUP BY coalesce(m.merged_into, k.customer_id)) t ON t.customer_id = a.customer_id
         WHERE a.company_id = ?1 AND a.{counter} <> coalesce(t.sum, 0) ORDER BY 3"
    );
    Counter { table: "customer_accounts", counter, text }
}

/// Counters of goods.
fn of_goods() -> Vec<Counter> {
    let owned = |table, counter, text: &str| Counter { table, counter, text: text.to_owned() };
    vec![
        of_stock("on_hand_micro", "on_hand_delta_micro", "on_hand_delta_micro <> 0"),
        of_stock("reserved_micro", "reserved_delta_micro", "reserved_delta_micro <> 0"),
        of_stock("held_micro", "on_hand_delta_micro", "status <> 'free'"),
        of_stock("placed_micro", "on_hand_delta_micro", "(bin_id <> 0 OR lot_id <> 0 OR status <> 'free')"),
        owned(
            "stock_places",
            "on_hand_micro",
            "SELECT s.id, 0, p.code || ', ' || w.code || ', ' || coalesce(b.code, '-') || ', ' || coalesce(l.code, '-') || ', ' || s.status, s.on_hand_micro, coalesce(m.sum, 0)
             FROM stock_places s JOIN products p ON p.company_id = s.company_id AND p.id = s.product_id JOIN warehouses w ON w.company_id = s.company_id AND w.id = s.warehouse_id
             LEFT JOIN bins b ON b.company_id = s.company_id AND b.id = s.bin_id LEFT JOIN lots l ON l.company_id = s.company_id AND l.id = s.lot_id
             LEFT JOIN (SELECT product_id, warehouse_id, bin_id, lot_id, status, CAST(sum(on_hand_delta_micro) AS BIGINT) AS sum FROM stock_movements
                 WHERE company_id = ?1 AND (bin_id <> 0 OR lot_id <> 0 OR status <> 'free') GROUP BY product_id, warehouse_id, bin_id, lot_id, status) m
             ON m.product_id = s.product_id AND m.warehouse_id = s.warehouse_id AND m.bin_id = s.bin_id AND m.lot_id = s.lot_id AND m.status = s.status
             WHERE s.company_id = ?1 AND s.on_hand_micro <> coalesce(m.sum, 0) ORDER BY 3",
        ),
    ]
}

/// Counters of accounts and papers.
fn of_papers() -> Vec<Counter> {
    let owned = |table, counter, text: &str| Counter { table, counter, text: text.to_owned() };
    vec![
        of_account(
            "open_orders_minor",
            "k.payable_minor - k.billed_minor",
            "(SELECT * FROM orders WHERE company_id = ?1 AND status IN ('approved', 'awaiting_signature', 'effective', 'closed')) k",
        ),
        of_account("open_invoices_minor", "k.gross_minor - k.paid_minor", "(SELECT * FROM invoices WHERE company_id = ?1 AND status <> 'void') k"),
        of_account("unallocated_minor", "k.amount_minor - k.allocated_minor", "(SELECT * FROM payments WHERE company_id = ?1 AND reversed = 0) k"),
        of_account("released_minor", "k.amount_minor", "(SELECT * FROM credit_releases WHERE company_id = ?1 AND ended_at IS NULL) k"),
        owned(
            "orders",
            "billed_minor",
            "SELECT o.id, 0, o.number, o.billed_minor, t.sum FROM orders o
             JOIN (SELECT order_id, CAST(sum(CASE WHEN status = 'void' THEN 0 ELSE gross_minor END) AS BIGINT) AS sum FROM invoices WHERE company_id = ?1 GROUP BY order_id) t
             ON t.order_id = o.id WHERE o.company_id = ?1 AND o.billed_minor <> t.sum ORDER BY 3",
        ),
        owned(
            "orders",
            "paid_minor",
            "SELECT o.id, 0, o.number, o.paid_minor, t.sum FROM orders o
             JOIN (SELECT order_id, CAST(sum(CASE WHEN reversed = 1 THEN 0 ELSE amount_minor END) AS BIGINT) AS sum FROM payments WHERE company_id = ?1 GROUP BY order_id) t
             ON t.order_id = o.id WHERE o.company_id = ?1 AND o.paid_minor <> t.sum ORDER BY 3",
        ),
        owned(
            "orders",
            "open_exceptions",
            "SELECT o.id, 0, o.number, o.open_exceptions, coalesce(t.open, 0) FROM orders o
             LEFT JOIN (SELECT order_id, count(*) AS open FROM order_exceptions WHERE company_id = ?1 AND status = 'open' GROUP BY order_id) t
             ON t.order_id = o.id WHERE o.company_id = ?1 AND o.open_exceptions <> coalesce(t.open, 0) ORDER BY 3",
        ),
        owned(
            "orders",
            "line_count",
            "SELECT o.id, 0, o.number, o.line_count, t.lines FROM orders o
             JOIN (SELECT order_id, count(*) AS lines FROM order_lines WHERE company_id = ?1 GROUP BY order_id) t
             ON t.order_id = o.id WHERE o.company_id = ?1 AND o.line_count <> t.lines ORDER BY 3",
        ),
        owned(
            "invoices",
            "paid_minor",
            "SELECT i.id, 0, i.number, i.paid_minor, coalesce(t.sum, 0) FROM invoices i
             LEFT JOIN (SELECT invoice_id, CAST(sum(amount_minor) AS BIGINT) AS sum FROM allocations WHERE company_id = ?1 GROUP BY invoice_id) t
             ON t.invoice_id = i.id WHERE i.company_id = ?1 AND i.paid_minor <> coalesce(t.sum, 0) ORDER BY 3",
        ),
        owned(
            "quota_counts",
            "taken_micro",
            "SELECT c.quota_id, 0, q.code, c.taken_micro, coalesce(t.sum, 0) FROM quota_counts c JOIN quotas q ON q.company_id = c.company_id AND q.id = c.quota_id
             LEFT JOIN (SELECT quota_id, CAST(sum(quantity_micro) AS BIGINT) AS sum FROM quota_takes WHERE company_id = ?1 GROUP BY quota_id) t ON t.quota_id = c.quota_id
             WHERE c.company_id = ?1 AND c.taken_micro <> coalesce(t.sum, 0) ORDER BY 3",
        ),
        owned(
            "contract_calls",
            "called_micro",
            "SELECT f.contract_id, f.line_no, k.number || ', ' || f.line_no, f.called_micro, coalesce(t.sum, 0) FROM contract_calls f
             JOIN contracts k ON k.company_id = f.company_id AND k.id = f.contract_id
             LEFT JOIN (SELECT o.contract_id, l.contract_line, CAST(sum(l.called_micro) AS BIGINT) AS sum FROM orders o
                 JOIN order_lines l ON l.company_id = o.company_id AND l.order_id = o.id WHERE o.company_id = ?1 AND o.contract_id IS NOT NULL GROUP BY o.contract_id, l.contract_line) t
             ON t.contract_id = f.contract_id AND t.contract_line = f.line_no
             WHERE f.company_id = ?1 AND f.called_micro <> coalesce(t.sum, 0) ORDER BY 3",
        ),
    ]
}

/// Every counter of a company that is not what its rows come to. Texts, hashes and papers are not counters: what is wrong there comes back from a
/// backup only.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-02
pub fn plan(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Fix>, Fault> {
    let mut fixes = Vec::new();
    for Counter { table, counter, text } in of_goods().into_iter().chain(of_papers()) {
        let found = reader.rows(&text, &[company.raw().into()], |source| {
            let key = [read(source, 0)?, read(source, 1)?];
            Ok(Fix { table, key, what: read(source, 2)?, counter, kept: read(source, 3)?, reckoned: read(source, 4)? })
        })?;
        fixes.extend(found);
    }
    Ok(fixes)
}
