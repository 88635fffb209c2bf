//! Approving a change, step by step; with the last one it is applied, or the customer is asked.

use domain::{Act, Actor, ChangeApproving, ChangeId, ChangeOrder, Instant, Order, SUPPLY_PROOF, Version};
use store::rows::{ChangeApprovals, OrderEvidence, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{ChangeState, apply, load, look};
use crate::order::gate;

/// Gives the next signature of a change. With the last one the change is applied in this transaction, unless the customer has to say yes.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSubmitted`; `OwnChange`, `ApprovedBefore`, `NotYourStep`; `Moved` where it would do something else by now;
/// gates `change.supply_agreed`, `customer.blocked`, `order.over_credit_limit`.
///
/// Source: CHG-01, CHG-03, APR-03, CRD-01
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>, note: &str) -> Outcome<ChangeState> {
    by.may(Act::ApproveChange)?;
    work.want_of::<ChangeApprovals>([id]);
    let mut change = load(work, id, version)?;
    work.want_of::<OrderLines>([change.order_id]);
    let mut order = work.get::<Order>(change.order_id)?;
    let lines = work.of::<OrderLines>(order.id)?;
    let mut steps = work.of::<ChangeApprovals>(id)?;
    let stands_in = gate::stands_in(work, by)?;
    // Who may not sign is told so, not what else stands in the way.
    change.may(domain::ChangeVerb::Approve, by)?;
    domain::change_step_for(&change, &order, &steps, by, &stands_in)?;
    let agreed = agreed(work, &order, &change)?;
    let looked = look::look(work, &order, &lines, &change.input())?;
    let gates = apply::credit_gates(work, &order, &looked.previewed)?;

    let asked = ChangeApproving { now_does: &looked.effect, agreed, stands_in: &stands_in, gates };
    let (decided, step) = change.approve(&order, &mut steps, &asked, note, by, work.now())?;

    work.save(&mut steps[step]);
    work.record(by, decided.event);
    if decided.complete {
        apply::apply(work, by, &mut change, &mut order, lines, looked.previewed)?;
    }
    work.save(&mut change);
    Ok(ChangeState::of(&change, decided.complete.then_some(&*order)))
}

/// Whether who makes or buys the goods has agreed to a day since the change was submitted.
fn agreed(work: &mut UnitOfWork, order: &Order, change: &ChangeOrder) -> Outcome<bool> {
    if !change.effect().is_some_and(|effect| effect.asks_supply) {
        return Ok(true);
    }
    let since: Option<Instant> = change.submitted_at;
    let evidence = work.of::<OrderEvidence>(order.id)?;
    Ok(evidence.iter().any(|one| one.satisfies(SUPPLY_PROOF) && since.is_some_and(|since| one.created_at >= since)))
}
