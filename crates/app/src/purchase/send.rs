//! Sending a purchase order to its supplier.

use domain::{Act, Actor, PurchaseId, Supplier, Version, Warehouse};
use store::{Outcome, UnitOfWork};

use super::{PurchaseState, keep, load, moment};

/// Sends a draft: from now on its goods are awaited, and promises may rest on them.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`, `SupplierInactive`, `WarehouseInactive`; `invalid` where a line is to arrive before today.
///
/// Source: PUR-01
pub fn send(work: &mut UnitOfWork, by: &Actor, id: PurchaseId, version: Option<Version>) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    let (mut purchase, mut lines) = load(work, id, version)?;
    work.want::<Warehouse>([purchase.warehouse_id]);
    let supplier = work.get::<Supplier>(purchase.supplier_id)?;
    let warehouse = work.get::<Warehouse>(purchase.warehouse_id)?;
    let at = moment(work)?;

    let event = purchase.send(&mut lines, (&supplier, &warehouse), by, at)?;

    Ok(keep(work, by, purchase, lines, event))
}
