//! Letting an order rest, and letting it go on.

use domain::{Act, Actor, OrderId, Verb, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};

/// Lets an open order rest: nothing is released, shipped or billed meanwhile.
///
/// # Errors
/// `NotOpen`, `AlreadyHeld`; `stale`; the gates of holding; `invalid` without a reason.
pub fn hold(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::HoldOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Hold)?;

    let event = order.hold(reason)?;

    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// Lets a held order go on.
///
/// # Errors
/// `NotOpen`, `NotHeld`; `stale`.
pub fn resume(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::HoldOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Resume)?;

    let event = order.resume()?;

    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
