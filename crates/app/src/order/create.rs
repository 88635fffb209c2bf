//! A new draft, or an order placed at once.

use domain::{Act, Actor, EventKind, OrderId};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderInput, OrderState, draft, submit};

/// Makes a draft; with `and_submit`, submits it in the same act.
///
/// # Errors
/// `invalid` with every unknown reference and impossible amount at its field; with `and_submit` everything that submission checks.
///
/// Source: INT-01, INT-08, PRC-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &OrderInput, and_submit: bool) -> Outcome<OrderState> {
    by.may(Act::CreateOrder)?;
    let id: OrderId = work.id();
    let named = draft::named(work, input)?;
    let mut order = draft::head(work, by, id, input, &named)?;
    let mut lines = draft::lines(work, &order, &input.lines)?;
    draft::external_number_is_free(work, &order)?;
    order.total_up(&mut lines.iter_mut().collect::<Vec<_>>())?;

    work.fresh::<OrderLines>(id);
    work.fresh::<Approvals>(id);
    let event = order
        .event(EventKind::OrderCreated)
        .with("customer", order.customer_name.clone())
        .with("payable", (order.payable_minor, order.currency));
    let held = work.add(order);
    lines.into_iter().for_each(|line| {
        work.add(line);
    });
    work.record(by, event);
    if and_submit { submit::submit(work, by, id, None) } else { Ok(OrderState::of(&held)) }
}
