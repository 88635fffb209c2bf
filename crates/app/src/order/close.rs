//! Closing, and opening again.

use super::{OrderState, gate, load};
use crate::{change, contract, credit, quota};
use domain::{Act, Actor, CustomerAccount, Order, OrderId, OrderLine, Refusal, Verb, Version};
use store::rows::OrderLines;
use store::{Held, Outcome, UnitOfWork};

/// Closes an order that is delivered, billed, settled and satisfied.
///
/// # Errors
/// `NotEffective`, `Held`; `stale`; the gates `order.close.*`, each with what is missing and its figure.
///
/// Source: SVC-04
pub fn close(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::CloseOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Close)?;
    let open = change::shut(work, &order, &lines, Verb::Close, None)?;
    Refusal::unless_open(open.into_iter().collect())?;

    let event = order.close(&lines, work.now())?;

    contract::settle(work, &order, &mut lines)?;
    quota::give_at_close(work, &order, &lines)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// Closes an order that has nothing left to do; where a gate of the company is shut it stays open, to be closed by hand.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: SVC-04, CHG-05
pub(crate) fn by_itself(work: &mut UnitOfWork, by: &Actor, order: &mut Order, lines: &mut [Held<OrderLine>]) -> Outcome<()> {
    let done = order.may_move(Verb::Close).is_ok() && order.close_gates(lines).is_empty();
    if !done || change::shut(work, order, lines, Verb::Close, None)?.is_some() {
        return Ok(());
    }
    if !gate::shut(work, order, lines, Verb::Close)?.is_empty() {
        return Ok(());
    }
    let event = order.close(lines, work.now())?;
    contract::settle(work, order, lines)?;
    quota::give_at_close(work, order, lines)?;
    work.save_changed(lines);
    work.record(by, event);
    Ok(())
}

/// Opens a closed order again.
///
/// # Errors
/// `NotClosed`; `stale`; gate `order.over_credit_limit`; `invalid` without a reason.
pub fn reopen(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::ReopenOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let account = credit::decide::account(work, &order)?;
    // Opening adds nothing that a guard would look at: the figures it is decided on must still hold at the commit.
    work.pin::<CustomerAccount>(account.customer_id)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Reopen)?;

    let event = order.reopen(&lines, &account, reason)?;

    contract::settle(work, &order, &mut lines)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
