//! A new draft from an order.

use domain::{Act, Actor, Company, EventKind, Order, OrderId, Verb};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, draft, gate};

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

    let (mut copy, lines) = order.copied(&lines, new, by, work.now(), today)?;

    // It is made now, so under the rules that are in force now.
    copy.blueprint_no = company.blueprint_no;
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
