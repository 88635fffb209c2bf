//! Taking a change back.

use domain::{Act, Actor, ChangeId, Order, Version};
use store::{Outcome, UnitOfWork};

use super::{ChangeState, keep, load};

/// Takes back a change that has not ended; the order stands as it is.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Ended`; `invalid` without a reason.
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>, reason: &str) -> Outcome<ChangeState> {
    by.may(Act::CreateChange)?;
    let mut change = load(work, id, version)?;
    let order = work.get::<Order>(change.order_id)?;

    let event = change.withdraw(&order, reason, by, work.now())?;

    Ok(keep(work, by, change, event))
}
