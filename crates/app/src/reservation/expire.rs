//! The end of soft reservations: what is reserved for an order that has not taken effect in time is free for others.

use domain::{Act, Actor, EventKind, Freed, Order, OrderId, OrderStatus};
use store::rows::{OrderLines, OrderReservations};
use store::{Outcome, UnitOfWork};

/// Gives free what is reserved for these orders and due, where they have not taken effect; the orders go on, short of goods.
///
/// # Errors
/// Leaves when they are not loaded yet.
///
/// Source: INV-02
pub fn expire(work: &mut UnitOfWork, by: &Actor, orders: &[OrderId]) -> Outcome<()> {
    by.may(Act::ReserveOrder)?;
    let now = work.now();
    work.want::<Order>(orders.iter().copied());
    work.want_of::<OrderLines>(orders.iter().copied());
    work.want_of::<OrderReservations>(orders.iter().copied());
    for id in orders {
        let Some(mut order) = work.find::<Order>(*id)? else { continue };
        if !order.needs_goods() || order.status == OrderStatus::Effective {
            continue;
        }
        let due: Vec<Freed> = super::of_order(work, &order)?
            .iter()
            .filter(|one| one.is_due(now))
            .map(|one| Freed { line_no: one.line_no, product_id: one.product_id, quantity: one.quantity_micro })
            .collect();
        if due.is_empty() {
            continue;
        }
        super::give(work, by, &order, &due)?;
        let mut lines = work.of::<OrderLines>(*id)?;
        for one in &due {
            if let Some(line) = lines.iter_mut().find(|line| line.line_no == one.line_no) {
                line.reserved_micro -= one.quantity;
            }
        }
        work.save_changed(&mut lines);
        order.derive(&lines);
        work.save(&mut order);
        work.record(by, order.event(EventKind::ReservationsExpired).with("lines", due.len()));
    }
    Ok(())
}
