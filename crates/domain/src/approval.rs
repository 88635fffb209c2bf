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

/// What a signature of any approval says of itself: of an order's and of a change's.
#[derive(Clone, Copy, Debug)]
pub struct StepState<'a> {
    /// Round of the approval.
    pub round: i64,
    /// Stage, from 1.
    pub stage: i64,
    /// Roles any of which decides, separated by commas.
    pub role: &'a str,
    /// Who decided; nobody where it is still to be given.
    pub decided_by: Option<UserId>,
}

impl StepState<'_> {
    fn is_open(&self) -> bool {
        self.decided_by.is_none()
    }

    fn is_for(&self, has: impl Fn(&str) -> bool) -> bool {
        self.role.split(',').any(has)
    }
}

/// A signature of an approval.
pub trait ApprovalStep {
    /// What it says of itself.
    fn state(&self) -> StepState<'_>;
}

impl ApprovalStep for Approval {
    fn state(&self) -> StepState<'_> {
        StepState { round: self.round, stage: self.stage, role: &self.role, decided_by: self.decided_by }
    }
}

/// Places of the signatures of a round that may be given now: those of the first stage that lacks any.
pub fn open_places<S: ApprovalStep, D: Deref<Target = S>>(round: i64, steps: &[D]) -> Vec<usize> {
    let open = || steps.iter().map(|step| step.state()).enumerate().filter(|(_, slip)| slip.round == round && slip.is_open());
    let Some(stage) = open().map(|(_, slip)| slip.stage).min() else { return Vec::new() };
    open().filter(|(_, slip)| slip.stage == stage).map(|(place, _)| place).collect()
}

/// Places of an order's signatures that may be given now.
pub fn open_steps<A: Deref<Target = Approval>>(order: &Order, steps: &[A]) -> Vec<usize> {
    open_places(order.approval_round, steps)
}

/// Why somebody may not sign now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotToSign {
    /// It is their own.
    Own,
    /// They gave a signature of this round.
    Before,
    /// None is to be given.
    NoneOpen,
    /// They have no role that is asked for; the first one that is open is here.
    NotYours(usize),
}

/// Place of the signature of a round that this actor may give now, and in whose place: nobody signs what is their own, nor twice, nor stands in for who
/// did or may not either.
///
/// # Errors
/// Why not.
///
/// Source: APR-03, TSK-04
pub fn place_for<S: ApprovalStep, D: Deref<Target = S>>(
    round: i64,
    own: &[UserId],
    steps: &[D],
    by: &Actor,
    stands_in: &[StandIn],
) -> Result<(usize, Option<UserId>), NotToSign> {
    if own.contains(&by.user_id) {
        return Err(NotToSign::Own);
    }
    let open = open_places(round, steps);
    let first = *open.first().ok_or(NotToSign::NoneOpen)?;
    let signed = |user: UserId| steps.iter().map(|step| step.state()).any(|slip| slip.round == round && slip.decided_by == Some(user));
    if signed(by.user_id) {
        return Err(NotToSign::Before);
    }
    let place = |has: &dyn Fn(&str) -> bool| open.iter().copied().find(|place| steps[*place].state().is_for(has));
    if let Some(place) = place(&|role| by.has_role(role)) {
        return Ok((place, None));
    }
    let free = stands_in.iter().filter(|absent| !own.contains(&absent.user_id) && !signed(absent.user_id));
    let mut found = free.filter_map(|absent| Some((place(&|role| absent.roles.contains(role))?, Some(absent.user_id))));
    found.next().ok_or(NotToSign::NotYours(first))
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
    place_for(order.approval_round, &[order.entered_by], steps, by, stands_in).map_err(|why| match why {
        NotToSign::Own => OrderRejection::OwnOrder,
        NotToSign::Before => OrderRejection::ApprovedBefore,
        NotToSign::NoneOpen => OrderRejection::NoStepOpen,
        NotToSign::NotYours(first) => OrderRejection::NotYourStep { role: roles_detail(&steps[first].role) },
    })
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
