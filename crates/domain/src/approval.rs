//! Approval of orders: the signatures that the matrix asks for (APR-03).

use std::ops::Deref;

use crate::actor::Actor;
use crate::codes::{Codes, codes};
use crate::id::{OrderId, UserId};
use crate::instant::Instant;
use crate::order::{Order, OrderRejection};
use crate::refusal::Detail;
use crate::rules::WantedStep;

codes! {
    /// What an approver decided.
    Decision in "approval.decision" {
        Approved = "approved",
        Returned = "returned",
        Rejected = "rejected",
    }
}

/// One signature of an order's approval. Signatures of one stage are given side by side, stages are taken one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Key, with round and step.
    pub order_id: OrderId,
    /// Round: raised by each review.
    pub round: i64,
    /// Step, from 1.
    pub step: i64,
    /// Stage, from 1.
    pub stage: i64,
    /// The rule of the matrix that asks for it.
    pub rule: String,
    /// Roles any of which decides, separated by commas.
    pub role: String,
    /// What was decided, once it is.
    pub decision: Option<Decision>,
    /// By whom.
    pub decided_by: Option<UserId>,
    /// In whose place, where somebody stood in.
    pub decided_for: Option<UserId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// What the approver wrote.
    pub note: String,
}

impl Approval {
    pub(crate) fn decide(&mut self, decision: Decision, by: &Actor, now: Instant, note: &str) {
        self.decision = Some(decision);
        self.decided_by = Some(by.user_id);
        self.decided_at = Some(now);
        note.clone_into(&mut self.note);
    }

    /// Its roles.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.role.split(',')
    }

    /// Whether an actor has one of its roles.
    pub fn is_for(&self, by: &Actor) -> bool {
        self.roles().any(|role| by.has_role(role))
    }
}

/// The signatures of the order's current round of approval.
pub(crate) fn steps_of(order: &Order, wanted: Vec<WantedStep>) -> Vec<Approval> {
    let step = |(step, wanted): (i64, WantedStep)| Approval {
        order_id: order.id,
        round: order.approval_round,
        step,
        stage: wanted.stage,
        rule: wanted.rule,
        role: wanted.roles,
        decision: None,
        decided_by: None,
        decided_for: None,
        decided_at: None,
        note: String::new(),
    };
    (1..).zip(wanted).map(step).collect()
}

/// Places of the signatures that may be given now: those of the first stage of the current round that lacks any.
pub fn open_steps<A: Deref<Target = Approval>>(order: &Order, steps: &[A]) -> Vec<usize> {
    let open = || steps.iter().enumerate().filter(|(_, step)| step.round == order.approval_round && step.decision.is_none());
    let Some(stage) = open().map(|(_, step)| step.stage).min() else { return Vec::new() };
    open().filter(|(_, step)| step.stage == stage).map(|(place, _)| place).collect()
}

/// Somebody in whose place an approver may act.
#[derive(Clone, Debug, PartialEq)]
pub struct StandIn {
    /// Who is absent.
    pub user_id: UserId,
    /// The roles of who is absent.
    pub roles: Codes,
}

/// Place of the signature this actor may give now, and in whose place.
///
/// `stands_in` are those absent today in whose place the actor acts.
///
/// # Errors
/// `OwnOrder` for who entered it, `NoStepOpen`, `ApprovedBefore` for who gave a signature of this round,
/// `NotYourStep` without a role that is asked for.
///
/// Source: APR-03, TSK-04
pub fn step_for<A: Deref<Target = Approval>>(
    order: &Order,
    steps: &[A],
    by: &Actor,
    stands_in: &[StandIn],
) -> Result<(usize, Option<UserId>), OrderRejection> {
    if order.entered_by == by.user_id {
        return Err(OrderRejection::OwnOrder);
    }
    let open = open_steps(order, steps);
    let first = *open.first().ok_or(OrderRejection::NoStepOpen)?;
    let round = || steps.iter().filter(|step| step.round == order.approval_round);
    if round().any(|step| step.decided_by == Some(by.user_id)) {
        return Err(OrderRejection::ApprovedBefore);
    }
    if let Some(place) = open.iter().find(|place| steps[**place].is_for(by)) {
        return Ok((*place, None));
    }
    // Nobody stands in for who entered the order or has signed already.
    let free = |absent: &&StandIn| absent.user_id != order.entered_by && !round().any(|s| s.decided_by == Some(absent.user_id));
    for absent in stands_in.iter().filter(free) {
        let held = |place: &&usize| steps[**place].roles().any(|role| absent.roles.contains(role));
        if let Some(place) = open.iter().find(held) {
            return Ok((*place, Some(absent.user_id)));
        }
    }
    Err(OrderRejection::NotYourStep { role: roles_detail(&steps[first].role) })
}

/// Roles, separated by commas, by their names in the reader's language.
pub fn roles_detail(roles: &str) -> Detail {
    match roles.split_once(',') {
        None => role_detail(roles),
        Some(_) => Detail::AnyOf(roles.split(',').map(role_detail).collect()),
    }
}

/// A role by its name in the reader's language where it came with the product, else by its code.
pub fn role_detail(role: &str) -> Detail {
    const KNOWN: &[&str] = &["admin", "sales_rep", "sales_manager", "customer_service", "finance", "warehouse", "after_sales", "auditor"];
    match KNOWN.iter().find(|known| **known == role) {
        Some(known) => Detail::Code("role", known),
        None => Detail::from(role),
    }
}
