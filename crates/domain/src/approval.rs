//! Approval of orders by amount (APR-03).

use crate::codes::codes;
use crate::id::{OrderId, UserId};
use crate::instant::Instant;

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
