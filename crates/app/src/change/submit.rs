//! Submitting: what comes of the change is kept, and its approval begins.

use domain::{Act, Actor, ChangeId, Order, Verb, Version};
use store::rows::{ChangeApprovals, OrderChanges, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{ChangeState, load, look};
use crate::order::gate;

/// Submits a change with what comes of it now; also again where something has moved since, then everybody is asked again.
///
/// The order's version is raised: whoever ships meanwhile sees that there is a change.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotToSubmit`, `AnotherOpen`, `NotMoved`; the company's gates before changes; as [`domain::preview`].
///
/// Source: CHG-01
pub fn submit(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>) -> Outcome<ChangeState> {
    by.may(Act::CreateChange)?;
    work.want_of::<ChangeApprovals>([id]);
    let mut change = load(work, id, version)?;
    work.want_of::<OrderChanges>([change.order_id]);
    let mut order = work.get::<Order>(change.order_id)?;
    let lines = work.of::<OrderLines>(order.id)?;
    let others = work.of::<OrderChanges>(order.id)?;
    work.of::<ChangeApprovals>(id)?;
    change.may(domain::ChangeVerb::Submit, by)?;
    let looked = look::look(work, &order, &lines, &change.input())?;

    let (event, steps) = change.submit(&order, &others, &looked.effect, by, work.now())?;

    gate::pass(work, &order, &lines, Verb::Change)?;
    for step in steps {
        work.add(step);
    }
    work.save(&mut change);
    work.save(&mut order);
    work.record(by, event);
    Ok(ChangeState::of(&change, Some(&order)))
}
