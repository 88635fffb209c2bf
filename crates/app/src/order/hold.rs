//! Letting an order rest, and letting it go on.

use domain::{Act, Actor, OrderId, Verb, Version};
use store::rows::{OrderLines, OrderQuestions};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};

/// Lets an open order rest: nothing is released, shipped or billed meanwhile.
///
/// # Errors
/// `NotOpen`, `AlreadyHeld`; `stale`; the gates of holding; `invalid` without a reason.
pub fn hold(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::HoldOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Hold)?;

    let event = order.hold(reason)?;

    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// Lets a held order go on; with a question open it rests for that.
///
/// # Errors
/// `NotOpen`, `NotHeld`, `QuestionOpen`; `stale`.
pub fn resume(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::HoldOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderQuestions>([id]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Resume)?;

    let awaited = work.of::<OrderQuestions>(id)?;
    let event = match awaited.iter().find(|question| question.is_awaited()) {
        Some(question) => order.rest_for(question),
        None => order.resume()?,
    };

    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
