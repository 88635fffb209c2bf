//! Answering what was asked about an order.

use domain::{Act, Actor, EventKind, OrderId, Version};
use store::rows::OrderQuestions;
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Answers a question that came with an order that was sent back.
///
/// # Errors
/// `not-found` for an unknown question; `stale`; `invalid` without words.
///
/// Source: APR-04
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, no: i64, answer: &str) -> Outcome<OrderState> {
    by.may(Act::EditOrder)?;
    work.want_of::<OrderQuestions>([id]);
    let order = load::order(work, id, version)?;
    let mut questions = work.of::<OrderQuestions>(id)?;
    let Some(question) = questions.iter_mut().find(|question| question.no == no) else {
        return Err(domain::Refusal::not_found("order_question").into());
    };
    question.answer(answer, by, work.now())?;
    let event = order.event(EventKind::QuestionAnswered).because(&question.answer).with("question", question.question.as_str());
    work.save(question);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
