//! A new draft, or an order placed at once.

use domain::{Act, Actor, EventKind, OrderId, OrderLine, SubmitFacts};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use crate::{contract, promotion};

use super::{OrderInput, OrderState, draft, gate, submit};

/// Makes a draft; with `and_submit`, submits it in the same act.
///
/// # Errors
/// `invalid` with every unknown reference and impossible amount at its field; with `and_submit` everything that submission checks.
///
/// Source: INT-01, INT-08, PRC-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &OrderInput, and_submit: bool) -> Outcome<OrderState> {
    by.may(Act::CreateOrder)?;
    if and_submit {
        by.may(Act::SubmitOrder)?;
    }
    let id: OrderId = work.id();
    let named = draft::named(work, input)?;
    let mut order = draft::head(work, by, id, input, &named)?;
    let mut lines = draft::lines(work, &mut order, &input.lines, &named)?;
    promotion::grant(work, &mut order, &lines.iter().collect::<Vec<_>>(), named.customer.grade)?;
    draft::external_number_is_free(work, &order)?;
    let mut places: Vec<&mut OrderLine> = lines.iter_mut().collect();
    order.total_up(&mut places)?;

    work.fresh::<OrderLines>(id);
    work.fresh::<Approvals>(id);
    let event = order
        .event(EventKind::OrderCreated)
        .with("customer", order.customer_name.clone())
        .with("payable", (order.payable_minor, order.currency));
    work.record(by, event);
    if and_submit {
        let inactive: Vec<_> = named.products.iter().flatten().filter(|product| !product.active).map(|product| product.id).collect();
        let agreed = contract::agreed(work, &order, &places)?;
        let reason_above = gate::rules(work, &order)?.price_reason_above;
        let facts = SubmitFacts {
            customer: &named.customer,
            warehouse: &named.warehouse,
            books: named.company.currency,
            reason_above,
            inactive_products: &inactive,
            broken_choices: &[],
            contract: agreed.as_ref(),
        };
        let event = submit::hand_in(work, by, &mut order, &mut places, &facts, &named.company)?;
        // Made and submitted: two steps of its life.
        order.version = order.version.next();
        work.record(by, event);
    }
    lines.into_iter().for_each(|line| {
        work.add(line);
    });
    Ok(OrderState::of(&work.add(order)))
}
