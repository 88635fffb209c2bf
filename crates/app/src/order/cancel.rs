//! Cancelling an effective order.

use domain::{Act, Actor, ConfirmationStatus, MovementKind, OrderId, Refusal, Verb, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderState, confirmation, gate, load};
use crate::{change, contract};

/// Cancels an order on which nothing is shipped, billed or paid; what was reserved is released and the credit given back.
///
/// # Errors
/// `NotEffective`; `stale`; gate `order.cancel.untouched`; `invalid` without a reason.
///
/// Source: CHG-04
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::CancelOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Cancel)?;
    let open = change::shut(work, &order, &lines, Verb::Cancel, None)?;
    Refusal::unless_open(open.into_iter().collect())?;

    if order.confirmation_no > 0 {
        confirmation::end(work, id, ConfirmationStatus::Withdrawn)?;
    }
    let stopped = order.cancel(&mut lines, reason)?;

    load::count(work, &order, stopped.account, false)?;
    load::post(work, by, &order, &stopped.released, MovementKind::Release)?;
    contract::settle(work, &order, &mut lines)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, stopped.event);
    Ok(OrderState::of(&order))
}
