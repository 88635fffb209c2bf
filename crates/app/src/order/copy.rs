//! A new draft from an order.

use domain::{Act, Actor, Company, EventKind, Order, OrderId, Product, Verb};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, draft, gate};
use crate::exchange_rate;

/// Copies the content of any order to a new draft; nothing of its life comes along.
///
/// # Errors
/// `not-found`; the gates of copying, asked about the order that is copied.
///
/// Source: INT-03
pub fn copy(work: &mut UnitOfWork, by: &Actor, id: OrderId) -> Outcome<OrderState> {
    by.may(Act::CreateOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want::<Company>([work.company()]);
    let order = work.get::<Order>(id)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Copy)?;
    let company = work.get::<Company>(work.company())?;
    let new: OrderId = work.id();
    let today = draft::today(work, &company);

    let products: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    let products = work.all::<Product>(&products)?;

    let (mut copy, mut lines) = order.copied(&lines, new, by, work.now(), today)?;

    // Prices are those of the original; what the goods cost is what they cost now.
    for line in &mut lines {
        let product = products.iter().find(|product| product.id == line.product_id);
        line.unit_cost_micro = product.and_then(|product| product.standard_cost_micro);
        line.unit_floor_micro = product.and_then(|product| product.floor_price_micro);
    }
    // It is made now, so under the rules that are in force now.
    copy.blueprint_no = company.blueprint_no;
    exchange_rate::take(work, &mut copy, &company)?;
    work.fresh::<OrderLines>(new);
    work.fresh::<Approvals>(new);
    let event =
        copy.event(EventKind::OrderCreated).with("copied_from", order.number.clone()).with("payable", (copy.payable_minor, copy.currency));
    let copy = work.add(copy);
    lines.into_iter().for_each(|line| {
        work.add(line);
    });
    work.record(by, event);
    Ok(OrderState::of(&copy).with("order", new, ""))
}
