//! Reserving what has come in since.

use domain::{Act, Actor, OrderId, Verb, Version};
use store::rows::{OrderLines, OrderReservations};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};
use crate::reservation;

/// Reserves what is free now for the lines that still need it.
///
/// # Errors
/// `NotEffective`; `stale`; `NothingToReserve` where nothing is free or needed.
///
/// Source: INV-02
pub fn reserve(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::ReserveOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderReservations>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Reserve)?;
    let mut free = reservation::free(work, &order, &lines)?;

    let was = order.supply;
    let (event, taken) = order.reserve(&mut lines, &mut free)?;

    reservation::take(work, by, &order, &taken)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, event);
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order))
}
