//! What the supplier confirms.

use domain::{Act, Actor, PurchaseId, SupplierConfirmation, Version};
use store::{Outcome, UnitOfWork};

use super::{PurchaseState, keep, load, moment};

/// Records when the supplier delivers; what it says later replaces what it said before.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotOnItsWay`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01
pub fn confirm(
    work: &mut UnitOfWork,
    by: &Actor,
    id: PurchaseId,
    version: Option<Version>,
    said: &SupplierConfirmation,
) -> Outcome<PurchaseState> {
    by.may(Act::CreatePurchase)?;
    let (mut purchase, mut lines) = load(work, id, version)?;
    let at = moment(work)?;

    let event = purchase.confirm(&mut lines, said, by, at)?;

    Ok(keep(work, by, purchase, lines, event))
}
