//! A question about an effective order, which rests until it is answered or taken back.

use domain::{Act, Actor, Asked, EventKind, OrderId, Refusal, Version};
use store::rows::OrderQuestions;
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Asks a question; no shipment or invoice is made until it is settled. `for_customer`: the customer sees it at the portal, and may answer.
///
/// # Errors
/// `NotEffective`; `stale`; `invalid` without words.
///
/// Source: CHG-05
pub fn ask(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    asked: &Asked,
    for_customer: bool,
) -> Outcome<OrderState> {
    by.may(Act::AskOrder)?;
    work.want_of::<OrderQuestions>([id]);
    let mut order = load::order(work, id, version)?;
    let before = work.of::<OrderQuestions>(id)?.iter().map(|question| question.no).max().unwrap_or_default();

    let (question, events) = order.ask(before, asked.clone(), for_customer, by, work.now())?;

    work.add(question);
    work.save(&mut order);
    events.into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order))
}

/// Takes a question back; the order goes on where it rests for no other.
///
/// # Errors
/// `not-found` for an unknown question; `QuestionSettled`; `stale`; `invalid` without a reason.
///
/// Source: CHG-05
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, no: i64, reason: &str) -> Outcome<OrderState> {
    by.may(Act::AskOrder)?;
    work.want_of::<OrderQuestions>([id]);
    let mut order = load::order(work, id, version)?;
    let mut questions = work.of::<OrderQuestions>(id)?;
    let Some(question) = questions.iter_mut().find(|question| question.no == no) else {
        return Err(Refusal::not_found("order_question").into());
    };
    question.withdraw(reason, work.now())?;
    let event = order.event(EventKind::QuestionWithdrawn).because(&question.withdraw_reason).with("question", question.question.as_str());
    work.save(question);
    work.record(by, event);
    let goes_on = order.question_settled(no, &questions);
    goes_on.into_iter().for_each(|event| work.record(by, event));
    work.save(&mut order);
    Ok(OrderState::of(&order))
}
