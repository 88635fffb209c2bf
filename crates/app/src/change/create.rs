//! A new change order.

use domain::{Act, Actor, ChangeOrder, Company, Numbered, OrderId, Verb, Version};
use store::rows::{ChangeApprovals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{ChangeSent, ChangeState, input, look};
use crate::number;
use crate::order::{draft, load};

/// Makes a draft of a change of an order that has taken effect.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong, each at its item; what the change as a whole makes impossible.
///
/// Source: CHG-01, CHG-02
pub fn create(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, sent: &ChangeSent) -> Outcome<ChangeState> {
    by.may(Act::CreateChange)?;
    work.want_of::<OrderLines>([id]);
    work.want::<Company>([work.company()]);
    let order = load::order(work, id, version)?;
    order.may_move(Verb::Change)?;
    let lines = work.of::<OrderLines>(id)?;
    let line_of = |line_no| lines.iter().find(|line| line.line_no == line_no).map(|line| input::LineUnit::of(line));
    let input = input::named(work, sent, order.currency, line_of)?;
    look::look(work, &order, &lines, &input)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let number = number::draw(work, Numbered::Change, &company, today)?;

    let (change, event) = ChangeOrder::draft(work.id(), &number, &order, &input, by, work.now())?;

    work.fresh::<ChangeApprovals>(change.id);
    let change = work.add(change);
    work.record(by, event);
    Ok(ChangeState::of(&change, None))
}
