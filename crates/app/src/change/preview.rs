//! What would come of a change.

use domain::{Act, Actor, ChangeId, ChangeInput, Order, OrderId, StandIn};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{ChangeSent, Looked, input, load, look};
use crate::order::{self, gate};

/// Looks at a change that is being written; changes nothing.
///
/// # Errors
/// `denied`, `not-found`; as [`super::create::create`].
///
/// Source: CHG-01
pub fn preview(work: &mut UnitOfWork, by: &Actor, id: OrderId, sent: &ChangeSent) -> Outcome<Looked> {
    by.may(Act::CreateChange)?;
    work.want_of::<OrderLines>([id]);
    let order = order::load::order(work, id, None)?;
    let lines = work.of::<OrderLines>(id)?;
    let line_of = |line_no| lines.iter().find(|line| line.line_no == line_no).map(|line| input::LineUnit::of(line));
    let input: ChangeInput = input::named(work, sent, order.currency, line_of)?;
    look::look(work, &order, &lines, &input)
}

/// What comes of a change now and in whose place the caller may sign it; nothing where the order does not allow it any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Now {
    /// What would come of it, or why nothing can.
    pub looked: Result<Looked, domain::Refusal>,
    /// Those absent in whose place the caller may sign.
    pub stands_in: Vec<StandIn>,
}

/// Looks at a change that has not ended as things are now; changes nothing.
///
/// # Errors
/// `denied`, `not-found`.
pub fn now(work: &mut UnitOfWork, by: &Actor, id: ChangeId) -> Outcome<Now> {
    by.may(Act::ViewOrder)?;
    let change = load(work, id, None)?;
    let order = work.get::<Order>(change.order_id)?;
    let lines = work.of::<OrderLines>(change.order_id)?;
    let stands_in = gate::stands_in(work, by)?;
    let looked = match look::look(work, &order, &lines, &change.input()) {
        Ok(looked) => Ok(looked),
        Err(stop) => Err(stop.refused()?),
    };
    Ok(Now { looked, stands_in })
}
