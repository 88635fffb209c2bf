//! Releasing reserved goods for delivery, and taking that back.

use domain::{Act, Actor, OrderId, ReservationKind, Version};
use store::rows::OrderReservations;
use store::{Outcome, UnitOfWork};

use crate::order::{OrderState, load};

/// Releases what an order has reserved for delivery, so that it neither expires nor goes to another order; with `Soft`, takes that back.
///
/// # Errors
/// `NotEffective`, `Held`; `reservation.nothing` where nothing would change; `stale`.
///
/// Source: INV-02
pub fn firm(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, kind: ReservationKind) -> Outcome<OrderState> {
    by.may(Act::ReserveOrder)?;
    work.want_of::<OrderReservations>([id]);
    let mut order = load::order(work, id, version)?;
    let mut reservations = work.of::<OrderReservations>(id)?;
    let event = order.firm(&mut reservations, kind)?;
    work.save_changed(&mut reservations);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
