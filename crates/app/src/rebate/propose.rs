//! Proposing the settlement of a rebate agreement.

use domain::{Act, Actor, FieldError, Order, RebateId, RebateInvoice, RebateRule, RebateTo, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::saved::Saved;

/// Proposes to credit orders of the customer, in this turn, with what the invoices of the period come to, and to pay the rest.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`, `Running`, `TooLarge`; `invalid` for an order of another customer or currency, or where nothing says
/// to whom it goes.
///
/// Source: PRC-06
pub fn propose(
    work: &mut UnitOfWork,
    by: &Actor,
    id: RebateId,
    version: Option<Version>,
    invoices: &[RebateInvoice],
    to: &RebateTo,
) -> Outcome<Saved> {
    by.may(Act::CreateRebate)?;
    work.want::<Order>(to.orders.iter().copied());
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    let mut errors = Vec::new();
    for (place, order) in to.orders.iter().enumerate() {
        let found = work.find::<Order>(*order)?;
        let fits = found.as_ref().is_some_and(|found| found.customer_id == rebate.customer_id && found.currency == rebate.currency);
        if !fits || to.orders[..place].contains(order) {
            let value = found.map_or_else(|| order.to_string(), |found| found.number.clone());
            errors.push(FieldError::new(format!("/orders/{place}"), RebateRule::NotItsOrder { value }));
        }
    }
    Refusal::unless_valid(errors)?;
    let event = rebate.propose(invoices.to_vec(), to.clone(), by, at)?;
    Ok(keep(work, by, rebate, event))
}
