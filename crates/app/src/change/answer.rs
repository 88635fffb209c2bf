//! What the customer says to a change.

use domain::{Act, Actor, ChangeId, CustomerAnswer, Evidence, EvidenceId, FieldRule, Order, Refusal, Version};
use store::rows::{OrderChanges, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{ChangeState, apply, keep, load, look};

/// The answer as it is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Yes or no.
    pub accepted: bool,
    /// What was said; of a no the reason.
    pub note: String,
    /// What proves the yes, recorded before.
    pub evidence: Option<EvidenceId>,
}

/// Records what the customer said. With a yes the change is applied in this transaction; with a no it ends and the order stands as it is.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotAnswering`; `Moved`; `invalid` without what proves the yes or the reason of the no; gates `customer.blocked`,
/// `order.over_credit_limit`.
///
/// Source: CHG-03
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: ChangeId, version: Option<Version>, said: &Answer) -> Outcome<ChangeState> {
    by.may(Act::AnswerChange)?;
    work.want::<Evidence>(said.evidence);
    let mut change = load(work, id, version)?;
    work.want_of::<OrderLines>([change.order_id]);
    work.want_of::<OrderChanges>([change.order_id]);
    let mut order = work.get::<Order>(change.order_id)?;
    let others = work.of::<OrderChanges>(order.id)?;
    let evidence = match said.evidence {
        Some(evidence) => Some(
            work.find::<Evidence>(evidence)?
                .ok_or_else(|| Refusal::field("/evidence_id", FieldRule::Unknown { value: evidence.to_string() }))?,
        ),
        None => None,
    };
    change.may(domain::ChangeVerb::Answer, by)?;
    let answer = CustomerAnswer { accepted: said.accepted, note: &said.note, evidence: evidence.as_deref() };
    if !said.accepted {
        let decided = change.answer(&order, &others, &answer, None, by, work.now())?;
        return Ok(keep(work, by, change, decided.event));
    }
    let lines = work.of::<OrderLines>(order.id)?;
    let looked = look::look(work, &order, &lines, &change.input())?;

    let decided = change.answer(&order, &others, &answer, Some(&looked.effect), by, work.now())?;

    Refusal::unless_open(apply::credit_gates(work, &order, &looked.previewed)?)?;
    work.record(by, decided.event);
    apply::apply(work, by, &mut change, &mut order, lines, looked.previewed)?;
    work.save(&mut change);
    Ok(ChangeState::of(&change, Some(&order)))
}
