//! Changing a draft.

use domain::{Act, Actor, EventKind, Order, OrderId, OrderLine, Verb, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderInput, OrderState, draft, gate, load};
use crate::promotion;

/// Replaces the content of a draft. The gates are asked about the order as it is before the change: what they miss cannot be brought by the very edit
/// they keep from being done.
///
/// # Errors
/// `NotDraft`; `stale`; the gates of the edit; `invalid` with every unknown reference and impossible amount at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, input: &OrderInput) -> Outcome<OrderState> {
    by.may(Act::EditOrder)?;
    let mut order = load::order(work, id, version)?;
    let before = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &before, Verb::Edit)?;
    let left_out = input.contract.is_none();
    let input = &OrderInput { contract: input.contract.clone().or(order.contract_id.map(|id| id.to_string())), ..input.clone() };
    let mut named = draft::named(work, input)?;
    order.check_customer(&named.customer)?;
    let old: Order = (*order).clone();
    if order.customer_id != named.customer.id {
        // What was quoted, agreed or asked for was so with somebody else.
        order.quotation_id = None;
        order.inquiry_id = None;
        if left_out {
            named.contract = None;
        }
    }
    order.customer_id = named.customer.id;
    order.customer_code.clone_from(&named.customer.code);
    order.customer_name.clone_from(&named.customer.name);
    order.currency = named.customer.currency;
    draft::fill(&mut order, input, &named)?;
    order.source.clone_from(&old.source);
    let mut lines = draft::lines(work, &mut order, &input.lines, &named)?;
    promotion::grant(work, &mut order, &lines.iter().collect::<Vec<_>>(), named.customer.grade)?;
    draft::external_number_is_free(work, &order)?;
    order.total_up(&mut lines.iter_mut().collect::<Vec<_>>())?;

    let mut changes = order.changes_from(&old);
    for line in lines {
        match before.iter().find(|b| b.line_no == line.line_no) {
            Some(held) if **held == line => {}
            Some(held) => {
                changes.extend(line.changes_from(held));
                let mut held = held.clone();
                *held = line;
                work.save(&mut held);
            }
            None => {
                changes.extend(line.changes_from(&OrderLine { quantity_micro: domain::Quantity::ZERO, ..line.clone() }));
                work.add(line);
            }
        }
    }
    for gone in before.iter().filter(|b| b.line_no > order.line_count) {
        work.remove(gone);
    }
    work.save(&mut order);
    work.record(by, order.event(EventKind::OrderEdited).changing(changes));
    Ok(OrderState::of(&order))
}
