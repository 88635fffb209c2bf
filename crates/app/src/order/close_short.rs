//! Closing short: what is still open of lines is given up.

use domain::{Act, Actor, Company, OrderId, Refusal, Verb, Version};
use store::rows::{OpenChanges, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, close, draft, gate, load};
use crate::reservation;
use crate::{change, contract, quota};

/// Gives up what is still open of these lines, of none: of all; what was reserved for it is free and the credit given back.
///
/// With the last open line the follow-up begins; an order that has nothing left to do closes.
///
/// # Errors
/// `NotEffective`, `NothingOpen`, `NothingLeft`, `BelowBilled`; `stale`; gate `order.change_open`; `invalid` for lines that are unknown or complete, and
/// without a reason.
///
/// Source: CHG-05
pub fn close_short(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    line_nos: &[i64],
    reason: &str,
) -> Outcome<OrderState> {
    by.may(Act::CloseShort)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OpenChanges>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::CloseShort)?;
    let open = change::shut(work, &order, &lines, Verb::CloseShort, None)?;
    Refusal::unless_open(open.into_iter().collect())?;
    let company = work.get::<Company>(work.company())?;
    let was = order.supply;

    let closed = order.close_short(&mut lines, line_nos, reason)?;

    load::count(work, &order, closed.account, false)?;
    reservation::give(work, by, &order, &closed.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    work.save_changed(&mut lines);
    work.record(by, closed.event);
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    let today = draft::today(work, &company);
    if let Some((follow_up, event)) = order.begin_follow_up(work.id(), today, company.follow_up_days) {
        work.add(follow_up);
        work.record(by, event);
    }
    close::by_itself(work, by, &mut order, &mut lines)?;
    work.save(&mut order);
    Ok(OrderState::of(&order))
}
