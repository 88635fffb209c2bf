//! Changing a draft of a change order.

use domain::{Act, Actor, ChangeId, Order, Version};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{ChangeSent, ChangeState, input, keep, load, look};

/// Replaces what a draft asks for.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` with everything that is wrong, each at its item.
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>, sent: &ChangeSent) -> Outcome<ChangeState> {
    by.may(Act::CreateChange)?;
    let mut change = load(work, id, version)?;
    let order = work.get::<Order>(change.order_id)?;
    let lines = work.of::<OrderLines>(change.order_id)?;
    let line_of = |line_no| lines.iter().find(|line| line.line_no == line_no).map(|line| input::LineUnit::of(line));
    let input = input::named(work, sent, order.currency, line_of)?;

    let event = change.edit(&order, &input, by)?;

    look::look(work, &order, &lines, &input)?;
    Ok(keep(work, by, change, event))
}
