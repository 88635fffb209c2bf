//! Asking the customer after delivery.

use domain::{Act, Actor, FollowUp, OrderId, OrderRejection, Verb, Version};
use store::rows::{OrderFollowUps, OrderLines};
use store::{Held, Outcome, UnitOfWork};

use super::{OrderState, gate, load};

fn open(work: &mut UnitOfWork, id: OrderId) -> Outcome<Held<FollowUp>> {
    let all = work.of::<OrderFollowUps>(id)?;
    all.into_iter().last().ok_or_else(|| OrderRejection::NoFollowUp.into())
}

/// Records what the customer said, from 1 (bad) to 5 (good).
///
/// # Errors
/// `NoFollowUp`, `FollowUpDone`; `stale`; the gates of the step; `invalid` for a score out of range.
///
/// Source: SVC-01
pub fn follow_up(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    score: i64,
    comment: &str,
) -> Outcome<OrderState> {
    by.may(Act::CompleteFollowUp)?;
    work.want_of::<OrderFollowUps>([id]);
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    order.check_follow_up(Verb::FollowUp)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::FollowUp)?;
    let mut asked = open(work, id)?;

    let event = order.follow_up(&mut asked, score, comment, by, work.now())?;

    work.save(&mut asked);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// Does without asking the customer.
///
/// # Errors
/// `NoFollowUp`, `FollowUpDone`; `stale`; the gates of the step; `invalid` without a reason.
pub fn waive(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::WaiveFollowUp)?;
    work.want_of::<OrderFollowUps>([id]);
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    order.check_follow_up(Verb::WaiveFollowUp)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::WaiveFollowUp)?;
    let mut asked = open(work, id)?;

    let event = order.waive_follow_up(&mut asked, reason, by, work.now())?;

    work.save(&mut asked);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
