//! Sending an order back to its enterer.

use domain::{Act, Actor, Asked, ConfirmationStatus, OrderId, OrderQuestion, Verb, Version};
use store::rows::{Approvals, OrderLines, OrderQuestions};
use store::{Outcome, UnitOfWork};

use super::{OrderState, confirmation, gate, load};
use crate::reservation;
use crate::{contract, promotion, quota};

/// Returns an order that has not taken effect to draft, with questions about its fields or a reason; what was reserved is released.
///
/// # Errors
/// `NotUnderReview`; `stale`; the gates of the return; `invalid` without a reason or a question.
pub fn return_to_draft(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    reason: &str,
    asked: &[Asked],
) -> Outcome<OrderState> {
    by.may(Act::ReturnOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let mut steps = work.of::<Approvals>(id)?;
    gate::pass(work, &order, &lines, Verb::Return)?;

    let before = if asked.is_empty() { 0 } else { work.of::<OrderQuestions>(id)?.len() };
    let before = i64::try_from(before).unwrap_or(i64::MAX);
    // With questions, the questions are reason enough.
    let first = asked.first().map(|one| one.question.trim());
    let reason = if reason.trim().is_empty() { first.unwrap_or(reason) } else { reason };
    let questions = OrderQuestion::ask(id, before, asked, by, work.now())?;

    if order.confirmation_no > 0 {
        confirmation::end(work, id, ConfirmationStatus::Withdrawn)?;
    }
    let stopped = order.return_to_draft(&mut lines, &mut steps, reason, by, work.now())?;

    load::count(work, &order, stopped.account, false)?;
    reservation::give(work, by, &order, &stopped.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    promotion::settle(work, &mut order)?;
    work.save_changed(&mut lines);
    if let Some(step) = stopped.step {
        work.save(&mut steps[step]);
    }
    work.save(&mut order);
    let count = i64::try_from(questions.len()).unwrap_or(i64::MAX);
    for question in questions {
        work.add(question);
    }
    work.record(by, if count > 0 { stopped.event.with("questions", count) } else { stopped.event });
    Ok(OrderState::of(&order))
}
