//! Letting an order pass a gate.

use domain::{Act, Actor, FieldRule, Instant, OrderId, OverrideInput, OverrideRejection, Refusal, TaskCause, Verb, Version};
use store::rows::{OrderLines, OrderOverrides};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};
use crate::task::{self, NewTask};

/// What somebody wants to override.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Code of the gate.
    pub gate: String,
    /// Before which step; the first that the gate stands before where left out.
    pub verb: Option<Verb>,
    /// Why.
    pub reason: String,
    /// By when what is missing will be brought.
    pub backfill_by: Option<Instant>,
}

/// Overrides a gate for one step of an order. What was missing is then owed, where the rule says so.
///
/// # Errors
/// `UnknownGate` at `/gate`; `GateOpen`, `Nobody`, `NotYours`, `OwnOrder`, `Already`; `stale`; `invalid` without a reason, or with a day of backfill
/// that the rule does not allow.
///
/// Source: the word "Gate" in the requirements, SHP-01
pub fn gate_override(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, asked: &Asked) -> Outcome<OrderState> {
    by.may(Act::OverrideOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderOverrides>([id]);
    let order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    let before = work.of::<OrderOverrides>(id)?;
    let rules = gate::rules(work, &order)?;
    let unknown = || Refusal::field("/gate", OverrideRejection::UnknownGate { gate: asked.gate.clone() });
    let rule = rules.gate(&asked.gate).ok_or_else(unknown)?;
    let verb = asked.verb.or(rule.on.first().copied()).filter(|verb| rule.on.contains(verb));
    let verb = verb.ok_or_else(|| Refusal::field("/verb", FieldRule::Malformed))?;
    order.may_move(verb)?;
    let refusal = gate::refusal(work, &order, &lines, verb, &rule.code)?;
    let input = OverrideInput { id: work.id(), verb, reason: &asked.reason, backfill_by: asked.backfill_by };

    let (done, event) = order.override_gate(rule, refusal.as_ref(), before.iter().map(|held| &**held), &input, by, work.now())?;

    // What is owed is a task of who overrode it; whoever has the role may take it.
    if let Some(due_at) = done.due_at {
        let owed = NewTask {
            detail: done.said.clone(),
            order: Some(id),
            cause: TaskCause::Override,
            cause_code: done.gate.clone(),
            cause_id: done.id.raw(),
            role: Some(done.role.clone()),
            due_at: Some(due_at),
            ..NewTask::of("backfill")
        };
        task::open(work, by, &owed)?;
    }
    work.add(done);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
