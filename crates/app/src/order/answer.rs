//! Answering what was asked about an order.

use domain::{Act, Actor, EventKind, Order, OrderId, OrderQuestion, Version};
use store::rows::OrderQuestions;
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Answers a question: one that came with an order that was sent back, or one for which the order rests; then it goes on.
///
/// # Errors
/// `not-found` for an unknown question; `QuestionSettled`; `stale`; `invalid` without words.
///
/// Source: APR-04, CHG-05
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, no: i64, answer: &str) -> Outcome<OrderState> {
    by.may(Act::EditOrder)?;
    settle(work, by, id, version, (no, answer), |_| true)
}

/// A person of the customer answers what the customer was asked.
///
/// # Errors
/// `not-found` for an order of somebody else, and a question that is not the customer's; as [`answer`].
///
/// Source: CHG-05, INT-07
pub fn answer_as_customer(work: &mut UnitOfWork, by: &Actor, id: OrderId, no: i64, answer: &str) -> Outcome<OrderState> {
    let customer = by.customer()?;
    if !work.get::<Order>(id)?.is_seen_by(customer) {
        return Err(domain::Refusal::not_found("order").into());
    }
    settle(work, by, id, None, (no, answer), |question| question.for_customer && question.is_awaited())
}

fn settle(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    (no, answer): (i64, &str),
    may: fn(&OrderQuestion) -> bool,
) -> Outcome<OrderState> {
    work.want_of::<OrderQuestions>([id]);
    let mut order = load::order(work, id, version)?;
    let mut questions = work.of::<OrderQuestions>(id)?;
    let Some(question) = questions.iter_mut().find(|question| question.no == no && may(question)) else {
        return Err(domain::Refusal::not_found("order_question").into());
    };
    question.answer(answer, by, work.now())?;
    let event = order.event(EventKind::QuestionAnswered).because(&question.answer).with("question", question.question.as_str());
    work.save(question);
    work.record(by, event);
    if let Some(goes_on) = order.question_settled(no, &questions) {
        work.record(by, goes_on);
        work.save(&mut order);
    }
    Ok(OrderState::of(&order))
}
