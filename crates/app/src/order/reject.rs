//! Rejecting an order for good.

use domain::{Act, Actor, OrderId, Verb, Version};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};
use crate::reservation;
use crate::{contract, promotion, quota};

/// Rejects a reviewed order; it may be copied to a new draft, and what was reserved is released.
///
/// # Errors
/// `NotReviewed`; `stale`; the gates of the rejection; `invalid` without a reason.
pub fn reject(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::RejectOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let mut steps = work.of::<Approvals>(id)?;
    gate::pass(work, &order, &lines, Verb::Reject)?;

    let stopped = order.reject(&mut lines, &mut steps, reason, by, work.now())?;

    reservation::give(work, by, &order, &stopped.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    promotion::settle(work, &mut order)?;
    work.save_changed(&mut lines);
    if let Some(step) = stopped.step {
        work.save(&mut steps[step]);
    }
    work.save(&mut order);
    work.record(by, stopped.event);
    Ok(OrderState::of(&order))
}
