//! Reserving what has come in since.

use domain::{Act, Actor, MovementKind, OrderId, Verb, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load, submit};

/// Reserves what is free now for the lines that still need it.
///
/// # Errors
/// `NotEffective`; `stale`; `NothingToReserve` where nothing is free or needed.
///
/// Source: INV-02
pub fn reserve(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::ReserveOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Reserve)?;
    let mut free = submit::free(work, &order, &lines)?;

    let was = order.supply;
    let (event, taken) = order.reserve(&mut lines, &mut free)?;

    load::post(work, by, &order, &taken, MovementKind::Reserve)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, event);
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order))
}
