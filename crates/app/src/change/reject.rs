//! A no of those who approve.

use domain::{Act, Actor, ChangeId, Order, Version};
use store::rows::ChangeApprovals;
use store::{Outcome, UnitOfWork};

use super::{ChangeState, keep, load};
use crate::order::gate;

/// Ends a change with a no; the order stands as it is.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSubmitted`; `OwnChange`, `ApprovedBefore`, `NotYourStep`; `invalid` without a reason.
///
/// Source: CHG-03
pub fn reject(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>, reason: &str) -> Outcome<ChangeState> {
    by.may(Act::ApproveChange)?;
    work.want_of::<ChangeApprovals>([id]);
    let mut change = load(work, id, version)?;
    let order = work.get::<Order>(change.order_id)?;
    let mut steps = work.of::<ChangeApprovals>(id)?;
    let stands_in = gate::stands_in(work, by)?;

    let (event, step) = change.reject(&order, &mut steps, &stands_in, reason, by, work.now())?;

    work.save(&mut steps[step]);
    Ok(keep(work, by, change, event))
}
