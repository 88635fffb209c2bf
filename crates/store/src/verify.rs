//! Checks what is stored against itself: the event chain, counters against ledgers, figures against facts.

mod granted;

use std::collections::BTreeMap;

use domain::{CompanyId, Confirmation, Document, EventKind, Evidence, Offer, redacted_by};

use crate::chain;
use crate::fault::Fault;
use crate::query;
use crate::read::{Param, Reader, read};
use crate::rows::ChainedEvent;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub check: &'static str,
    /// What is wrong, with the figures.
    pub what: String,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Events whose chain was followed.
    pub events: i64,
    /// Rows of stock compared with the ledger.
    pub stock_rows: i64,
    /// Orders compared with their papers.
    pub orders: i64,
    /// Proofs whose hashes were taken again.
    pub evidence: i64,
    /// Confirmations whose documents and signatures were hashed again.
    pub confirmations: i64,
    /// Quotations that were sent by a link, whose documents and signatures were hashed again.
    pub offers: i64,
    /// Documents whose hashes were taken again.
    pub documents: i64,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
}

/// Every company.
///
/// # Errors
/// Any fault of the database.
pub fn companies(reader: &Reader<'_>) -> Result<Vec<(CompanyId, String)>, Fault> {
    reader.rows("SELECT company_id, code FROM companies ORDER BY company_id", &[], |s| Ok((read(s, 0)?, read(s, 1)?)))
}

/// Checks one company.
///
/// # Errors
/// Any fault of the database; what is wrong in the data is in the report.
pub fn verify(reader: &Reader<'_>, company: CompanyId) -> Result<Report, Fault> {
    let mut report = Report::default();
    events(reader, company, &mut report)?;
    report.stock_rows = reader.int("SELECT count(*) FROM stock WHERE company_id = ?1", &[company.raw().into()])?;
    report.orders = reader.int("SELECT count(*) FROM orders WHERE company_id = ?1", &[company.raw().into()])?;
    for (check, text) in CHECKS {
        let found = reader.rows(text, &[company.raw().into()], |s| Ok(s.text(0)?.unwrap_or_default().to_owned()))?;
        report.findings.extend(found.into_iter().map(|what| Finding { check, what }));
    }
    evidence(reader, company, &mut report)?;
    confirmations(reader, company, &mut report)?;
    offers(reader, company, &mut report)?;
    documents(reader, company, &mut report)?;
    granted::promotions(reader, company, &mut report)?;
    granted::rebates(reader, company, &mut report)?;
    tallies(reader, company, &mut report)?;
    Ok(report)
}

/// Events read at a time.
const PAGE: i64 = 5_000;

fn broken(found: i64, expected: i64) -> Finding {
    let what = format!("event {found}: expected position {expected}; its hash does not follow from the event before");
    Finding { check: "chain", what }
}

/// Follows the chain. An event that a person was erased from keeps its hash; what is left of it is named by the event of the erasure, which stands
/// in the chain itself.
fn events(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let mut before = String::new();
    let mut position = 0;
    // Events that do not have their hash, by what is left of them, until an erasure behind them names them.
    let mut changed: BTreeMap<i64, String> = BTreeMap::new();
    loop {
        let and = format!("AND position > ?2 ORDER BY position LIMIT {PAGE}");
        let page: Vec<ChainedEvent> = reader.all(company, &and, &[Param::Int(position)])?;
        let Some(last) = page.last().map(|e| e.position) else { break };
        for event in page {
            position += 1;
            if event.position != position {
                report.findings.push(broken(event.position, position));
                position = event.position;
            } else if event.hash != chain::hash(&before, &event) {
                changed.insert(position, event.fingerprint());
            } else if event.kind == EventKind::PersonErased.as_str() {
                for (at, left) in redacted_by(&event.data) {
                    if changed.get(&at) == Some(&left) {
                        changed.remove(&at);
                    }
                }
            }
            before = event.hash;
        }
        position = position.max(last);
    }
    report.findings.extend(changed.keys().map(|at| broken(*at, *at)));
    report.events = position;
    let head = reader.one("SELECT position, hash FROM chains WHERE company_id = ?1", &[company.raw().into()], |s| {
        Ok((read::<i64>(s, 0)?, read::<String>(s, 1)?))
    })?;
    if head.clone().unwrap_or_default() != (position, before) {
        let what = format!("the chain's head says {}, the last event is {position}", head.map_or(0, |h| h.0));
        report.findings.push(Finding { check: "chain", what });
    }
    Ok(())
}

/// Takes the hashes of evidence again: of what it says, and of its file.
fn evidence(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let page: Vec<Evidence> = reader.all(company, "AND id > ?2 ORDER BY id LIMIT 200", &[Param::Int(after)])?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.raw();
        for proof in page {
            report.evidence += 1;
            let held = query::evidence::held(reader, company, &proof)?;
            if !held.text {
                let what = format!("evidence {}: what it says does not have its hash", proof.id);
                report.findings.push(Finding { check: "evidence", what });
            }
            if held.file == Some(false) {
                let what = format!("evidence {}: its file is gone or does not have its hash", proof.id);
                report.findings.push(Finding { check: "evidence", what });
            }
        }
    }
}

/// Takes the hashes of what customers were sent and signed again: of the document, of the signature, and of what is said about them.
fn confirmations(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let page: Vec<Confirmation> = reader.all(company, "AND id > ?2 ORDER BY id LIMIT 200", &[Param::Int(after)])?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.raw();
        for confirmation in page {
            report.confirmations += 1;
            let held = query::confirmation::held(reader, company, &confirmation)?;
            let wrong = [
                (held.document, "its document is gone or does not have the hash that was sent"),
                (held.signature, "the signature is gone or does not have its hash"),
                (held.evidence, "what was signed is not what the evidence says"),
            ];
            for (_, what) in wrong.into_iter().filter(|(right, _)| !right) {
                let what = format!("order {}, confirmation {}: {what}", confirmation.order_number, confirmation.no);
                report.findings.push(Finding { check: "confirmations", what });
            }
        }
    }
}

/// Takes the hashes of the quotations that customers were sent and accepted again: of the document, and of the signature.
fn offers(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let page: Vec<Offer> = reader.all(company, "AND id > ?2 ORDER BY id LIMIT 200", &[Param::Int(after)])?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.raw();
        for offer in page {
            report.offers += 1;
            let (document, signature) = query::offer::held(reader, company, &offer)?;
            let wrong = [
                (document, "its document is gone or does not have the hash that was sent"),
                (signature, "the signature is gone or does not have its hash"),
            ];
            for (_, what) in wrong.into_iter().filter(|(right, _)| !right) {
                let Offer { quotation_number, revision, no, .. } = &offer;
                let what = format!("quotation {quotation_number}, version {revision}, sent {no}: {what}");
                report.findings.push(Finding { check: "offers", what });
            }
        }
    }
}

/// Takes the hashes of documents again.
fn documents(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let page: Vec<Document> = reader.all(company, "AND id > ?2 ORDER BY id LIMIT 200", &[Param::Int(after)])?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.raw();
        for document in page {
            report.documents += 1;
            if !query::document::is_whole(reader, company, &document)? {
                let what = format!("document {} ({}): its file is gone or does not have its hash", document.id, document.filename());
                report.findings.push(Finding { check: "documents", what });
            }
        }
    }
}

/// Each statement answers with a text for every row that is wrong.
const CHECKS: &[(&str, &str)] = &[
    (
        "stock",
        "SELECT 'product ' || t.code || ', warehouse ' || w.code || ': on hand ' || s.on_hand_micro || ', ledger ' || s.moved || '; reserved ' || s.reserved_micro || ', ledger ' || s.held
         FROM (SELECT k.product_id, k.warehouse_id, CAST(sum(k.on_hand) AS BIGINT) AS on_hand_micro, CAST(sum(k.reserved) AS BIGINT) AS reserved_micro, CAST(sum(k.moved) AS BIGINT) AS moved, CAST(sum(k.held) AS BIGINT) AS held
               FROM (SELECT product_id, warehouse_id, on_hand_micro AS on_hand, reserved_micro AS reserved, 0 AS moved, 0 AS held FROM stock WHERE company_id = ?1
                     UNION ALL SELECT product_id, warehouse_id, 0, 0, on_hand_delta_micro, reserved_delta_micro FROM stock_movements WHERE company_id = ?1) k
               GROUP BY k.product_id, k.warehouse_id) s
         JOIN products t ON t.company_id = ?1 AND t.id = s.product_id JOIN warehouses w ON w.company_id = ?1 AND w.id = s.warehouse_id
         WHERE s.on_hand_micro <> s.moved OR s.reserved_micro <> s.held",
    ),
    (
        "places",
        "SELECT 'product ' || t.code || ', warehouse ' || w.code || ': placed ' || s.placed || ', in its places ' || s.in_places || '; held ' || s.held || ', in places that are not free ' || s.not_free
         FROM (SELECT k.product_id, k.warehouse_id, CAST(sum(k.placed) AS BIGINT) AS placed, CAST(sum(k.held) AS BIGINT) AS held,
                      CAST(sum(k.in_places) AS BIGINT) AS in_places, CAST(sum(k.not_free) AS BIGINT) AS not_free
               FROM (SELECT product_id, warehouse_id, placed_micro AS placed, held_micro AS held, 0 AS in_places, 0 AS not_free FROM stock WHERE company_id = ?1
                     UNION ALL SELECT product_id, warehouse_id, 0, 0, on_hand_micro, CASE WHEN status = 'free' THEN 0 ELSE on_hand_micro END
                         FROM stock_places WHERE company_id = ?1) k
               GROUP BY k.product_id, k.warehouse_id) s
         JOIN products t ON t.company_id = ?1 AND t.id = s.product_id JOIN warehouses w ON w.company_id = ?1 AND w.id = s.warehouse_id
         WHERE s.placed <> s.in_places OR s.held <> s.not_free",
    ),
    (
        "place_ledger",
        "SELECT 'product ' || t.code || ', warehouse ' || w.code || ', bin ' || coalesce(b.code, '-') || ', lot ' || coalesce(l.code, '-') || ', ' || s.status
            || ': on hand ' || s.there || ', ledger ' || s.moved
         FROM (SELECT k.product_id, k.warehouse_id, k.bin_id, k.lot_id, k.status, CAST(sum(k.there) AS BIGINT) AS there, CAST(sum(k.moved) AS BIGINT) AS moved
               FROM (SELECT product_id, warehouse_id, bin_id, lot_id, status, on_hand_micro AS there, 0 AS moved FROM stock_places WHERE company_id = ?1
                     UNION ALL SELECT product_id, warehouse_id, bin_id, lot_id, status, 0, on_hand_delta_micro FROM stock_movements
                         WHERE company_id = ?1 AND on_hand_delta_micro <> 0 AND (bin_id <> 0 OR lot_id <> 0 OR status <> 'free')) k
               GROUP BY k.product_id, k.warehouse_id, k.bin_id, k.lot_id, k.status) s
         JOIN products t ON t.company_id = ?1 AND t.id = s.product_id JOIN warehouses w ON w.company_id = ?1 AND w.id = s.warehouse_id
         LEFT JOIN bins b ON b.company_id = ?1 AND b.id = s.bin_id LEFT JOIN lots l ON l.company_id = ?1 AND l.id = s.lot_id
         WHERE s.there <> s.moved",
    ),
    (
        "reserved",
        "SELECT 'product ' || t.code || ', warehouse ' || w.code || ': reserved ' || s.reserved || ', for orders and in carts ' || s.kept
         FROM (SELECT k.product_id, k.warehouse_id, CAST(sum(k.reserved) AS BIGINT) AS reserved, CAST(sum(k.kept) AS BIGINT) AS kept
               FROM (SELECT product_id, warehouse_id, reserved_micro AS reserved, 0 AS kept FROM stock WHERE company_id = ?1
                     UNION ALL SELECT product_id, warehouse_id, 0, quantity_micro FROM reservations WHERE company_id = ?1
                     UNION ALL SELECT product_id, warehouse_id, 0, held_micro FROM cart_lines WHERE company_id = ?1 AND held_micro <> 0) k
               GROUP BY k.product_id, k.warehouse_id) s
         JOIN products t ON t.company_id = ?1 AND t.id = s.product_id JOIN warehouses w ON w.company_id = ?1 AND w.id = s.warehouse_id WHERE s.reserved <> s.kept",
    ),
    (
        "reservations",
        "SELECT 'order ' || o.number || ', line ' || s.line_no || ': reserved ' || s.counted || ', reservations ' || s.kept
         FROM (SELECT k.order_id, k.line_no, CAST(sum(k.counted) AS BIGINT) AS counted, CAST(sum(k.kept) AS BIGINT) AS kept
               FROM (SELECT order_id, line_no, reserved_micro AS counted, 0 AS kept FROM order_lines WHERE company_id = ?1 AND reserved_micro <> 0
                     UNION ALL SELECT order_id, line_no, 0, quantity_micro FROM reservations WHERE company_id = ?1) k GROUP BY k.order_id, k.line_no) s
         JOIN orders o ON o.company_id = ?1 AND o.id = s.order_id WHERE s.counted <> s.kept",
    ),
    (
        "called_off",
        "SELECT 'contract ' || coalesce(k.number, CAST(s.contract_id AS TEXT)) || ', line ' || s.line_no || ': called off ' || s.counted || ', by order lines ' || s.lines
         FROM (SELECT c.contract_id, c.line_no, CAST(sum(c.counted) AS BIGINT) AS counted, CAST(sum(c.lines) AS BIGINT) AS lines
               FROM (SELECT contract_id, line_no, called_micro AS counted, 0 AS lines FROM contract_calls WHERE company_id = ?1
                     UNION ALL SELECT o.contract_id, l.contract_line, 0,
                         CASE WHEN o.status IN ('draft', 'rejected', 'void', 'cancelled') THEN 0
                              WHEN o.status = 'closed' AND l.shipped_micro < l.quantity_micro - l.closed_micro THEN CASE WHEN l.shipped_micro > l.refused_micro THEN l.shipped_micro - l.refused_micro ELSE 0 END
                              WHEN l.quantity_micro - l.closed_micro > l.refused_micro THEN l.quantity_micro - l.closed_micro - l.refused_micro ELSE 0 END
                         FROM orders o JOIN order_lines l ON l.company_id = o.company_id AND l.order_id = o.id
                         JOIN contract_calls f ON f.company_id = o.company_id AND f.contract_id = o.contract_id AND f.line_no = l.contract_line
                         WHERE o.company_id = ?1 AND o.contract_id IS NOT NULL) c
               GROUP BY c.contract_id, c.line_no) s
         LEFT JOIN contracts k ON k.company_id = ?1 AND k.id = s.contract_id WHERE s.counted <> s.lines",
    ),
    (
        "called_lines",
        "SELECT 'contract ' || CAST(s.contract_id AS TEXT) || ', line ' || s.line_no || ': called off ' || s.counted || ', noted on order lines ' || s.lines
         FROM (SELECT c.contract_id, c.line_no, CAST(sum(c.counted) AS BIGINT) AS counted, CAST(sum(c.lines) AS BIGINT) AS lines
               FROM (SELECT contract_id, line_no, called_micro AS counted, 0 AS lines FROM contract_calls WHERE company_id = ?1
                     UNION ALL SELECT o.contract_id, l.contract_line, 0, l.called_micro FROM orders o JOIN order_lines l ON l.company_id = o.company_id AND l.order_id = o.id
                         WHERE o.company_id = ?1 AND o.contract_id IS NOT NULL AND l.called_micro <> 0) c
               GROUP BY c.contract_id, c.line_no) s WHERE s.counted <> s.lines",
    ),
    (
        "quotas",
        "SELECT 'quota ' || q.code || ': taken ' || c.taken_micro || ' of ' || c.limit_micro || ', by orders ' || coalesce(t.sum, 0) || ' of ' || q.limit_micro
         FROM quotas q JOIN quota_counts c ON c.company_id = q.company_id AND c.quota_id = q.id
         LEFT JOIN (SELECT quota_id, CAST(sum(quantity_micro) AS BIGINT) AS sum FROM quota_takes WHERE company_id = ?1 GROUP BY quota_id) t ON t.quota_id = q.id
         WHERE q.company_id = ?1 AND (c.taken_micro <> coalesce(t.sum, 0) OR c.limit_micro <> q.limit_micro)",
    ),
    (
        "quota_lines",
        "SELECT 'order ' || o.number || ', line ' || t.line_no || ': of quota ' || q.code || ' ' || t.quantity_micro || ', wanted ' || coalesce(l.quantity_micro - l.closed_micro, 0)
         FROM quota_takes t JOIN orders o ON o.company_id = t.company_id AND o.id = t.order_id JOIN quotas q ON q.company_id = t.company_id AND q.id = t.quota_id
         LEFT JOIN order_lines l ON l.company_id = t.company_id AND l.order_id = t.order_id AND l.line_no = t.line_no
         WHERE t.company_id = ?1 AND (o.status IN ('draft', 'rejected', 'void', 'cancelled') OR l.line_no IS NULL OR l.product_id <> q.product_id
            OR t.quantity_micro > CASE WHEN o.status = 'closed' AND l.shipped_micro < l.quantity_micro - l.closed_micro THEN l.shipped_micro ELSE l.quantity_micro - l.closed_micro END)",
    ),
    (
        "billed",
        "SELECT 'order ' || o.number || ': billed ' || o.billed_minor || ', invoices ' || t.gross FROM orders o
         JOIN (SELECT order_id, CAST(sum(CASE WHEN status = 'void' THEN 0 ELSE gross_minor END) AS BIGINT) AS gross FROM invoices WHERE company_id = ?1 GROUP BY order_id) t
         ON t.order_id = o.id WHERE o.company_id = ?1 AND o.billed_minor <> t.gross",
    ),
    (
        "paid",
        "SELECT 'order ' || o.number || ': paid ' || o.paid_minor || ', payments ' || t.amount FROM orders o
         JOIN (SELECT order_id, CAST(sum(CASE WHEN reversed = 1 THEN 0 ELSE amount_minor END) AS BIGINT) AS amount FROM payments WHERE company_id = ?1 GROUP BY order_id) t
         ON t.order_id = o.id WHERE o.company_id = ?1 AND o.paid_minor <> t.amount",
    ),
    (
        "allocated",
        "SELECT 'invoice ' || i.number || ': paid ' || i.paid_minor || ', allocations ' || coalesce(t.amount, 0) FROM invoices i
         LEFT JOIN (SELECT invoice_id, CAST(sum(amount_minor) AS BIGINT) AS amount FROM allocations WHERE company_id = ?1 GROUP BY invoice_id) t
         ON t.invoice_id = i.id WHERE i.company_id = ?1 AND i.paid_minor <> coalesce(t.amount, 0)",
    ),
    (
        "accounts",
        "SELECT 'customer ' || coalesce(c.code, CAST(a.customer_id AS TEXT)) || ': open orders ' || a.orders || ', orders ' || a.unbilled || '; open invoices ' || a.invoices || ', invoices ' || a.unpaid
            || '; unallocated ' || a.unallocated || ', payments ' || a.free
         FROM (SELECT coalesce(m.merged_into, k.customer_id) AS customer_id, CAST(sum(k.orders) AS BIGINT) AS orders, CAST(sum(k.unbilled) AS BIGINT) AS unbilled, CAST(sum(k.invoices) AS BIGINT) AS invoices,
                      CAST(sum(k.unpaid) AS BIGINT) AS unpaid, CAST(sum(k.unallocated) AS BIGINT) AS unallocated, CAST(sum(k.free) AS BIGINT) AS free
               FROM (SELECT customer_id, open_orders_minor AS orders, 0 AS unbilled, open_invoices_minor AS invoices, 0 AS unpaid, unallocated_minor AS unallocated, 0 AS free
                         FROM customer_accounts WHERE company_id = ?1
                     UNION ALL SELECT customer_id, 0, payable_minor - billed_minor, 0, 0, 0, 0 FROM orders WHERE company_id = ?1 AND status IN ('approved', 'awaiting_signature', 'effective', 'closed')
                     UNION ALL SELECT customer_id, 0, 0, 0, gross_minor - paid_minor, 0, 0 FROM invoices WHERE company_id = ?1 AND status <> 'void'
                     UNION ALL SELECT customer_id, 0, 0, 0, 0, 0, amount_minor - allocated_minor FROM payments WHERE company_id = ?1 AND reversed = 0) k
               LEFT JOIN customers m ON m.company_id = ?1 AND m.id = k.customer_id
               GROUP BY coalesce(m.merged_into, k.customer_id)) a
         LEFT JOIN customers c ON c.company_id = ?1 AND c.id = a.customer_id
         WHERE a.orders <> a.unbilled OR a.invoices <> a.unpaid OR a.unallocated <> a.free",
    ),
    (
        "releases",
        "SELECT 'customer ' || coalesce(c.code, CAST(a.customer_id AS TEXT)) || ': released ' || a.released || ', open releases ' || a.open || '; blocked ' || a.blocked || ', said ' || a.said
         FROM (SELECT coalesce(m.merged_into, k.customer_id) AS customer_id, CAST(sum(k.released) AS BIGINT) AS released, CAST(sum(k.open) AS BIGINT) AS open, CAST(sum(k.blocked) AS BIGINT) AS blocked, CAST(sum(k.said) AS BIGINT) AS said
               FROM (SELECT customer_id, released_minor AS released, 0 AS open, blocked, 0 AS said FROM customer_accounts WHERE company_id = ?1
                     UNION ALL SELECT customer_id, 0, amount_minor, 0, 0 FROM credit_releases WHERE company_id = ?1 AND ended_at IS NULL
                     UNION ALL SELECT customer_id, 0, 0, 0, blocked FROM credit_blocks WHERE company_id = ?1) k
               LEFT JOIN customers m ON m.company_id = ?1 AND m.id = k.customer_id
               GROUP BY coalesce(m.merged_into, k.customer_id)) a
         LEFT JOIN customers c ON c.company_id = ?1 AND c.id = a.customer_id
         WHERE a.released <> a.open OR a.blocked <> a.said",
    ),
    (
        "merges",
        "SELECT 'customer ' || c.code || ': merged, but its account says ' || a.merged_into || ' and counts ' || (a.open_orders_minor + a.open_invoices_minor + a.unallocated_minor + a.released_minor)
         FROM customers c JOIN customer_accounts a ON a.company_id = c.company_id AND a.customer_id = c.id
         WHERE c.company_id = ?1 AND (coalesce(c.merged_into, 0) <> a.merged_into
            OR (a.merged_into <> 0 AND (a.open_orders_minor <> 0 OR a.open_invoices_minor <> 0 OR a.unallocated_minor <> 0 OR a.released_minor <> 0)))",
    ),
    (
        "exceptions",
        "SELECT 'order ' || o.number || ': open exceptions ' || o.open_exceptions || ', counted ' || coalesce(t.open, 0) FROM orders o
         LEFT JOIN (SELECT order_id, count(*) AS open FROM order_exceptions WHERE company_id = ?1 AND status = 'open' GROUP BY order_id) t
         ON t.order_id = o.id WHERE o.company_id = ?1 AND o.open_exceptions <> coalesce(t.open, 0)",
    ),
    (
        "goods",
        "SELECT 'order ' || o.id || ' ' || o.number || ': lines ' || o.line_count || ', counted ' || t.lines FROM orders o
         JOIN (SELECT order_id, count(*) AS lines FROM order_lines WHERE company_id = ?1 GROUP BY order_id) t
         ON t.order_id = o.id WHERE o.company_id = ?1 AND o.line_count <> t.lines",
    ),
];

fn tallies(reader: &Reader<'_>, company: CompanyId, report: &mut Report) -> Result<(), Fault> {
    let kept = crate::query::order::counts(reader, company)?;
    for view in crate::query::order::VIEWS {
        let text = format!(
            "SELECT count(*), CAST(coalesce(sum(o.payable_minor), 0) AS BIGINT) FROM orders o WHERE o.company_id = ?1 AND {}",
            view.sql
        );
        let facts = reader.one(&text, &[company.raw().into()], |s| Ok((read::<i64>(s, 0)?, read::<i64>(s, 1)?)))?.unwrap_or_default();
        let figure = kept.iter().find(|k| k.0 == view.name).map_or((0, 0), |k| (k.1, k.2));
        if facts != figure {
            let what = format!("view {}: figure {figure:?}, orders {facts:?}", view.name);
            report.findings.push(Finding { check: "tallies", what });
        }
    }
    Ok(())
}
