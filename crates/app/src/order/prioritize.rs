//! Saying how soon an order gets goods that are scarce.

use domain::{Act, Actor, OrderId, Version};
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Sets the priority of an open order.
///
/// # Errors
/// `NotOpen`; `stale`; `invalid` for a number that is not 1…9, or without a reason.
///
/// Source: INV-02
pub fn prioritize(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    priority: i64,
    reason: &str,
) -> Outcome<OrderState> {
    by.may(Act::PrioritizeOrder)?;
    let mut order = load::order(work, id, version)?;
    let event = order.prioritize(priority, reason)?;
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
