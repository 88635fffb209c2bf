//! Cancelling one's own order until the company has confirmed it.

use domain::{Act, Actor, OrderId, Refusal, Version, text};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::own_order;
use crate::order::{OrderState, void};

/// Cancels an order; what was reserved for it is free again.
///
/// # Errors
/// `not-found` for orders of others; `stale`; `portal.confirmed` from the approval on; gate `order.void.unpaid` while money is recorded.
///
/// Source: INT-07
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    work.want_of::<OrderLines>([id]);
    let order = own_order(work, by, id)?;
    if version.is_some_and(|version| version != order.version) {
        return Err(Refusal::stale("order").into());
    }
    order.check_open_to_customer()?;
    let mut why = text(by.language, "portal.reason.cancelled", &[]);
    if !reason.trim().is_empty() {
        why = format!("{why}: {}", reason.trim());
    }
    void::void(work, &by.allowed(&[Act::VoidOrder]), id, None, &why)
}
