//! Sending an order back to its enterer.

use domain::{Act, Actor, MovementKind, OrderId, Version};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Returns a submitted or reviewed order to draft; what was reserved is released.
///
/// # Errors
/// `NotUnderReview`; `stale`; `invalid` without a reason.
pub fn return_to_draft(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::ReturnOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let mut steps = work.of::<Approvals>(id)?;

    let stopped = order.return_to_draft(&mut lines, &mut steps, reason, by, work.now())?;

    load::post(work, by, &order, &stopped.released, MovementKind::Release)?;
    work.save_changed(&mut lines);
    if let Some(step) = stopped.step {
        work.save(&mut steps[step]);
    }
    work.save(&mut order);
    work.record(by, stopped.event);
    Ok(OrderState::of(&order))
}
