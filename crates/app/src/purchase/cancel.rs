//! Cancelling a purchase order.

use domain::{Act, Actor, PurchaseId, Version};
use store::{Outcome, UnitOfWork};

use super::{PurchaseState, keep, load, moment};

/// Cancels a purchase order before anything came.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotCancellable`; `invalid` without a reason.
///
/// Source: PUR-01
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: PurchaseId, version: Option<Version>, reason: &str) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    let (mut purchase, mut lines) = load(work, id, version)?;
    let at = moment(work)?;

    let event = purchase.cancel(&mut lines, reason, by, at)?;

    Ok(keep(work, by, purchase, lines, event))
}
