//! Follow-ups: asking the customer after delivery whether all is well (SVC-04).

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, FollowUpId, OrderId, UserId, Version};
use crate::instant::Instant;

codes! {
    /// State of a follow-up.
    FollowUpStatus in "follow_up.status" {
        Due = "due",
        Satisfied = "satisfied",
        Dissatisfied = "dissatisfied",
        Waived = "waived",
    }
}

/// A follow-up.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Key.
    pub id: FollowUpId,
    /// Raised by every change.
    pub version: Version,
    /// After which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// With whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Day it is due.
    pub due_on: Date,
    /// State.
    pub status: FollowUpStatus,
    /// 1 (bad) to 5 (good), once asked.
    pub score: Option<i64>,
    /// What the customer said, or why it was waived.
    pub comment: String,
    /// Who did it.
    pub done_by: Option<UserId>,
    /// When.
    pub done_at: Option<Instant>,
}
