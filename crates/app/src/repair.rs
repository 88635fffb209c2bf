//! Counters set right: what [`store::repair::plan`] found, through the one write path.

use std::collections::BTreeMap;

use domain::{
    Actor, ContractCall, ContractId, CustomerAccount, CustomerId, Event, EventKind, Invoice, InvoiceId, Money, Order, OrderId, PlaceId,
    ProductId, QuotaCount, QuotaId, Stock, StockPlace, WarehouseId,
};
use store::repair::Fix;
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

/// Sets counters to what their rows come to, all of them or none, and says so in the audit trail. Who calls it has shown them first, and nothing else
/// writes meanwhile.
///
/// # Errors
/// Leaves when the rows are not loaded yet.
///
/// # Panics
/// Where what the rows come to is itself impossible: then the rows are wrong, and only a backup helps.
///
/// Source: INV-02
pub fn repair(work: &mut UnitOfWork, by: &Actor, fixes: &[Fix]) -> Outcome<()> {
    let mut rows: BTreeMap<(&'static str, [i64; 2]), Vec<&Fix>> = BTreeMap::new();
    for fix in fixes {
        rows.entry((fix.table, fix.key)).or_default().push(fix);
    }
    for ((table, [first, second]), fixes) in &rows {
        let delta = |counter: &str| fixes.iter().find(|fix| fix.counter == counter).map_or(0, |fix| fix.reckoned - fix.kept);
        let deltas = |counters: &[&str]| counters.iter().map(|counter| delta(counter)).collect::<Vec<_>>();
        let fits = match *table {
            "stock" => {
                let key = (ProductId::from_raw(*first), WarehouseId::from_raw(*second));
                work.count::<Stock>(key, &deltas(&["on_hand_micro", "reserved_micro", "held_micro", "placed_micro"]), false)?
            }
            "stock_places" => work.count::<StockPlace>(PlaceId::from_raw(*first), &deltas(&["on_hand_micro"]), false)?,
            "customer_accounts" => {
                let sums = deltas(&["open_orders_minor", "open_invoices_minor", "unallocated_minor", "released_minor"]);
                let sums = [vec![0], sums].concat();
                work.count::<CustomerAccount>(CustomerId::from_raw(*first), &sums, false)?
            }
            "contract_calls" => work.count::<ContractCall>((ContractId::from_raw(*first), *second), &[0, delta("called_micro")], false)?,
            "quota_counts" => work.count::<QuotaCount>(QuotaId::from_raw(*first), &[0, delta("taken_micro")], false)?,
            "orders" => order(work, OrderId::from_raw(*first), fixes)?,
            "invoices" => invoice(work, InvoiceId::from_raw(*first), delta("paid_minor"))?,
            other => unreachable!("{other} has no counters"),
        };
        assert!(fits, "what the rows of {table} {first} come to is impossible");
    }
    let event = Event::of(EventKind::CountersRepaired, "company", work.company().raw(), "").with("counters", fixes.len());
    let what =
        fixes.iter().map(|fix| format!("{} {}: {} → {}", fix.counter, fix.what, fix.kept, fix.reckoned)).collect::<Vec<_>>().join("; ");
    work.record(by, event.because(&what));
    Ok(())
}

/// An order's counters, and what follows from them.
fn order(work: &mut UnitOfWork, id: OrderId, fixes: &[&Fix]) -> Outcome<bool> {
    work.want_of::<OrderLines>([id]);
    let mut order = work.get::<Order>(id)?;
    let lines = work.of::<OrderLines>(id)?;
    for fix in fixes {
        match fix.counter {
            "billed_minor" => order.billed_minor = Money::from_minor(fix.reckoned),
            "paid_minor" => order.paid_minor = Money::from_minor(fix.reckoned),
            "open_exceptions" => order.open_exceptions = fix.reckoned,
            "line_count" => order.line_count = fix.reckoned,
            other => unreachable!("an order does not count {other}"),
        }
    }
    order.derive(&lines);
    work.save(&mut order);
    Ok(true)
}

fn invoice(work: &mut UnitOfWork, id: InvoiceId, delta: i64) -> Outcome<bool> {
    let mut invoice = work.get::<Invoice>(id)?;
    invoice.paid_minor += Money::from_minor(delta);
    work.save(&mut invoice);
    Ok(true)
}
