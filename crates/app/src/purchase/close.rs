//! Closing a purchase order short.

use domain::{Act, Actor, PurchaseId, Version};
use store::{Outcome, UnitOfWork};

use super::{PurchaseState, keep, load, moment};

/// Gives up what has not come.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotInPart`; `invalid` without a reason.
///
/// Source: PUR-01
pub fn close(work: &mut UnitOfWork, by: &Actor, id: PurchaseId, version: Option<Version>, reason: &str) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    let (mut purchase, mut lines) = load(work, id, version)?;
    let at = moment(work)?;

    let event = purchase.close(&mut lines, reason, by, at)?;

    Ok(keep(work, by, purchase, lines, event))
}
