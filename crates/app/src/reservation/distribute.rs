//! Free goods go to the orders that wait for them, the most urgent first.

use domain::{Act, Actor, EventKind, Order, OrderId, OrderLine, ProductId, ReservationRejection, take_free};
use serde::{Deserialize, Serialize};
use store::rows::{OrderLines, OrderReservations};
use store::{Held, Outcome, UnitOfWork};

use crate::order::load;

/// What was given out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distributed {
    /// Numbers of the orders that got something, in the order in which they got it.
    pub orders: Vec<String>,
}

/// Reserves what is free of a product for orders that are short of it, one after the other in the order they are named, which is that of their
/// urgency. Who needs nothing any more is passed over.
///
/// # Errors
/// `reservation.nothing` where nothing is free, or nobody waits for it.
///
/// Source: INV-02
pub fn distribute(work: &mut UnitOfWork, by: &Actor, product: ProductId, waiting: &[OrderId]) -> Outcome<Distributed> {
    by.may(Act::MoveReservation)?;
    work.want::<Order>(waiting.iter().copied());
    work.want_of::<OrderLines>(waiting.iter().copied());
    work.want_of::<OrderReservations>(waiting.iter().copied());
    let mut done = Distributed::default();
    for id in waiting {
        let mut order = load::order(work, *id, None)?;
        if !order.needs_goods() {
            continue;
        }
        let mut lines = work.of::<OrderLines>(*id)?;
        let mut free = super::of_products(work, &order, std::iter::once(product))?;
        let mut wanting: Vec<&mut Held<OrderLine>> = lines.iter_mut().filter(|line| line.product_id == product).collect();
        let taken = take_free(&mut wanting.iter_mut().map(|line| &mut ***line).collect::<Vec<_>>(), &mut free);
        if taken.is_empty() {
            continue;
        }
        super::take(work, by, &order, &taken)?;
        let was = order.supply;
        order.derive(&lines);
        work.save_changed(&mut lines);
        work.save(&mut order);
        work.record(by, order.event(EventKind::OrderReserved).with("lines", taken.len()));
        order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
        done.orders.push(order.number.clone());
    }
    if done.orders.is_empty() {
        return Err(ReservationRejection::Nothing.into());
    }
    Ok(done)
}
