//! Approval of orders by amount (APR-03).

use std::ops::Deref;

use crate::actor::Actor;
use crate::codes::codes;
use crate::company::Company;
use crate::currency::Currency;
use crate::id::{OrderId, UserId};
use crate::instant::Instant;
use crate::money::Money;
use crate::order::{Order, OrderRejection};
use crate::refusal::Detail;

codes! {
    /// What an approver decided.
    Decision in "approval.decision" {
        Approved = "approved",
        Returned = "returned",
        Rejected = "rejected",
    }
}

/// One step of an order's approval; steps of a round are taken one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Key, with round and step.
    pub order_id: OrderId,
    /// Round: raised by each review.
    pub round: i64,
    /// Step, from 1.
    pub step: i64,
    /// Role that decides.
    pub role: String,
    /// What was decided, once it is.
    pub decision: Option<Decision>,
    /// By whom.
    pub decided_by: Option<UserId>,
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
}

/// Roles that approve a payable, one after the other: up to the limit the sales manager, above it finance too.
///
/// An order in another currency than the books is always taken as above the limit.
pub fn approving_roles(payable: Money, currency: Currency, company: &Company) -> &'static [&'static str] {
    if currency == company.currency && payable <= company.approval_limit_minor { &["sales_manager"] } else { &["sales_manager", "finance"] }
}

/// The steps of the order's current round of approval.
pub(crate) fn steps_of(order: &Order, company: &Company) -> Vec<Approval> {
    let roles = approving_roles(order.payable_minor, order.currency, company);
    let step = |(step, role): (i64, &&str)| Approval {
        order_id: order.id,
        round: order.approval_round,
        step,
        role: (*role).to_owned(),
        decision: None,
        decided_by: None,
        decided_at: None,
        note: String::new(),
    };
    (1..).zip(roles).map(step).collect()
}

/// Place of the step that is next in the order's current round, if one is open.
pub fn next_step<A: Deref<Target = Approval>>(order: &Order, steps: &[A]) -> Option<usize> {
    let open = steps.iter().enumerate().filter(|(_, step)| step.round == order.approval_round && step.decision.is_none());
    open.min_by_key(|(_, step)| step.step).map(|(place, _)| place)
}

/// Place of the step this actor may approve now.
///
/// # Errors
/// `OwnOrder` for who entered it, `NoStepOpen`, `ApprovedBefore` for who approved a step of this round,
/// `NotYourStep` without the role of the next step.
///
/// Source: APR-03
pub fn step_for<A: Deref<Target = Approval>>(order: &Order, steps: &[A], by: &Actor) -> Result<usize, OrderRejection> {
    if order.entered_by == by.user_id {
        return Err(OrderRejection::OwnOrder);
    }
    let place = next_step(order, steps).ok_or(OrderRejection::NoStepOpen)?;
    let before = steps.iter().any(|step| step.round == order.approval_round && step.decided_by == Some(by.user_id));
    if before {
        return Err(OrderRejection::ApprovedBefore);
    }
    let role = &steps[place].role;
    if !by.has_role(role) {
        return Err(OrderRejection::NotYourStep { role: role_detail(role) });
    }
    Ok(place)
}

/// A role by its name in the reader's language where it came with the product, else by its code.
pub fn role_detail(role: &str) -> Detail {
    const KNOWN: &[&str] = &["admin", "sales_rep", "sales_manager", "customer_service", "finance", "warehouse", "after_sales", "auditor"];
    match KNOWN.iter().find(|known| **known == role) {
        Some(known) => Detail::Code("role", known),
        None => Detail::from(role),
    }
}
