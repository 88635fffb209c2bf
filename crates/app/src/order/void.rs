//! Voiding an order that is not effective yet.

use domain::{Act, Actor, ConfirmationStatus, OrderId, Verb, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderState, confirmation, gate, load};
use crate::reservation;
use crate::{contract, promotion, quota};

/// Voids an order; what was reserved is released.
///
/// # Errors
/// `NotVoidable`; `stale`; gate `order.void.unpaid` while money is recorded; `invalid` without a reason.
pub fn void(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::VoidOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Void)?;

    if order.confirmation_no > 0 {
        confirmation::end(work, id, ConfirmationStatus::Withdrawn)?;
    }
    let stopped = order.void(&mut lines, reason)?;

    load::count(work, &order, stopped.account, false)?;
    reservation::give(work, by, &order, &stopped.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    promotion::settle(work, &mut order)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, stopped.event);
    Ok(OrderState::of(&order))
}
