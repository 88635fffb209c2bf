//! Goods go from one order to another that needs them more.

use domain::{Act, Actor, EventKind, Order, OrderId, OrderLine, Quantity, Refusal, Reservation, Reserved, WarehouseId, checked_reason};
use store::rows::{OrderLines, OrderReservations};
use store::{Held, Outcome, UnitOfWork};

use crate::order::{OrderState, load};

/// Which goods, and where they go.
#[derive(Clone, Debug, PartialEq)]
pub struct Reassign {
    /// Of which order they are taken.
    pub from: OrderId,
    /// Number of its line.
    pub from_line: i64,
    /// Where they lie.
    pub warehouse_id: WarehouseId,
    /// Which order gets them.
    pub to: OrderId,
    /// Number of its line.
    pub to_line: i64,
    /// How much.
    pub quantity: Quantity,
    /// Why.
    pub reason: String,
}

/// Gives goods that one order has reserved to another, in one act; both orders say so.
///
/// # Errors
/// As [`Reservation::check_move`]; `not-found`; `invalid` without a reason.
///
/// Source: INV-02
pub fn reassign(work: &mut UnitOfWork, by: &Actor, said: &Reassign) -> Outcome<OrderState> {
    by.may(Act::MoveReservation)?;
    for id in [said.from, said.to] {
        work.want::<Order>([id]);
        work.want_of::<OrderLines>([id]);
        work.want_of::<OrderReservations>([id]);
    }
    let reason = checked_reason(&said.reason)?;
    let (mut giver, mut taker) = (load::order(work, said.from, None)?, load::order(work, said.to, None)?);
    let (mut given, mut taken) = (line(work, said.from, said.from_line)?, line(work, said.to, said.to_line)?);
    let known = work.find::<Reservation>((said.from, said.from_line, said.warehouse_id))?;
    let reservation = known.ok_or_else(|| Refusal::not_found("reservation"))?;
    reservation.check_move(&giver, (&taker, &taken), said.quantity)?;

    let moved =
        |line_no| Reserved { line_no, product_id: reservation.product_id, warehouse_id: said.warehouse_id, quantity: said.quantity };
    super::give_at(work, by, &giver, &[moved(said.from_line)])?;
    super::take(work, by, &taker, &[moved(said.to_line)])?;
    given.reserved_micro -= said.quantity;
    work.save(&mut given);
    taken.reserved_micro += said.quantity;
    work.save(&mut taken);

    let what = (said.quantity, taken.unit.clone());
    let event = |order: &Order, from: &str, to: &str| {
        let event = order.event(EventKind::ReservationMoved).because(reason);
        event.with("product", taken.name.as_str()).with("quantity", what.clone()).with("from", from).with("to", to)
    };
    work.record(by, event(&giver, &giver.number, &taker.number));
    let was = taker.supply;
    if said.from == said.to {
        let lines = work.of::<OrderLines>(said.from)?;
        giver.derive(&lines);
        work.save(&mut giver);
        return Ok(OrderState::of(&giver));
    }
    work.record(by, event(&taker, &giver.number, &taker.number));
    for order in [&mut giver, &mut taker] {
        let lines = work.of::<OrderLines>(order.id)?;
        order.derive(&lines);
        work.save(order);
    }
    taker.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&taker))
}

fn line(work: &mut UnitOfWork, order: OrderId, line_no: i64) -> Outcome<Held<OrderLine>> {
    work.get::<OrderLine>((order, line_no))
}
