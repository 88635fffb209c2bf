//! A count that is handed in, sent back or given up.

use domain::{Actor, StockCount, StockCountId, Version};
use store::rows::StockCountLines;
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Hands a count in; without any difference it is done.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `stock_count.wrong_state`; `stock_count.not_counted`.
///
/// Source: INV-04
pub fn submit(work: &mut UnitOfWork, by: &Actor, id: StockCountId, version: Option<Version>) -> Outcome<Saved> {
    work.want_of::<StockCountLines>([id]);
    let mut count = work.get::<StockCount>(id)?;
    on_version(version, count.version, "stock_count")?;
    let lines = work.of::<StockCountLines>(id)?;
    let now = work.now();
    let event = count.submit(&lines, by, now)?;
    work.save(&mut count);
    work.record(by, event);
    Ok(Saved::new(id, count.version, &count.number))
}

/// Sends a count back: what differed is counted again.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `stock_count.wrong_state`; `invalid` without a reason.
pub fn send_back(work: &mut UnitOfWork, by: &Actor, id: StockCountId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    work.want_of::<StockCountLines>([id]);
    let mut count = work.get::<StockCount>(id)?;
    on_version(version, count.version, "stock_count")?;
    let mut lines = work.of::<StockCountLines>(id)?;
    let event = count.send_back(&mut lines, reason, by)?;
    work.save_changed(&mut lines);
    work.save(&mut count);
    work.record(by, event);
    Ok(Saved::new(id, count.version, &count.number))
}

/// Gives a count up.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `stock_count.wrong_state`; `invalid` without a reason.
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: StockCountId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut count = work.get::<StockCount>(id)?;
    on_version(version, count.version, "stock_count")?;
    let event = count.cancel(reason, by)?;
    work.save(&mut count);
    work.record(by, event);
    Ok(Saved::new(id, count.version, &count.number))
}
