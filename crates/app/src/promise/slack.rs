//! Slack between the day goods arrive and the day the customer is told.

use domain::{Act, Actor, OrderId, OrderSlack, Version};
use store::{Outcome, UnitOfWork};

use crate::order::{OrderState, load};

/// Customer service asks for slack, before the customer is told the day.
///
/// # Errors
/// `denied`, `stale`; `slack.not_now`, `slack.waiting`; `invalid` with what is wrong at its field.
///
/// Source: PRM-02
pub fn ask(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, days: i64, reason: &str) -> Outcome<OrderState> {
    by.may(Act::AskSlack)?;
    work.want::<OrderSlack>([id]);
    let mut order = load::order(work, id, version)?;
    let held = work.find::<OrderSlack>(id)?;
    let (slack, event) = order.ask_slack(held.as_deref(), days, reason, by.user_id, work.now())?;
    match held {
        Some(mut held) => {
            *held = slack;
            work.save(&mut held);
        }
        None => {
            work.add(slack);
        }
    }
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// The sales side says yes or no; with yes the promised day moves.
///
/// # Errors
/// `denied`, `stale`; `slack.not_now`, `slack.not_asked`, `slack.own_answer`.
///
/// Source: PRM-02
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, yes: bool, note: &str) -> Outcome<OrderState> {
    by.may(Act::AnswerSlack)?;
    work.want::<OrderSlack>([id]);
    let mut order = load::order(work, id, version)?;
    let Some(mut slack) = work.find::<OrderSlack>(id)? else { return Err(domain::SlackRejection::NotAsked.into()) };
    let event = order.answer_slack(&mut slack, yes, note, by.user_id, work.now())?;
    work.save(&mut slack);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
