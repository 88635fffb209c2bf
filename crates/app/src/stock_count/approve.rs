//! The differences of a count are accepted.

use domain::{Actor, MovementKind, Quantity, StockCount, StockCountId, StockCountRejection, Version};
use store::rows::StockCountLines;
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};
use crate::stock::{self, Movement};

/// Corrects the books by the differences of a count; all of them or none.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `stock_count.wrong_state`; `stock_count.own`; `stock_count.reserved` where orders have more than would be left.
///
/// Source: INV-04
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: StockCountId, version: Option<Version>) -> Outcome<Saved> {
    work.want_of::<StockCountLines>([id]);
    let mut count = work.get::<StockCount>(id)?;
    on_version(version, count.version, "stock_count")?;
    let lines = work.of::<StockCountLines>(id)?;
    stock::want(work, count.warehouse_id, lines.iter().map(|line| line.product_id));
    let now = work.now();
    let event = count.approve(&lines, by, now)?;
    let mut differences = 0_usize;
    for line in &lines {
        let Some(difference) = line.difference().filter(|by| !by.is_zero()) else { continue };
        differences += 1;
        let movement = Movement {
            product_id: line.product_id,
            warehouse_id: count.warehouse_id,
            kind: MovementKind::Adjust,
            on_hand_delta: difference,
            reserved_delta: Quantity::ZERO,
            spot: line.spot(),
            unit_cost: None,
            cause_kind: "stock_count",
            cause_id: count.id.raw(),
            note: &count.number,
        };
        if !stock::post(work, by, &movement)? {
            return Err(StockCountRejection::Reserved { product: line.name.clone() }.into());
        }
    }
    work.save(&mut count);
    work.record(by, event.with("differences", differences));
    Ok(Saved::new(id, count.version, &count.number))
}
