//! Change orders: after confirmation nothing of an order changes but by one (CHG-01, CHG-02, CHG-03).
//!
//! What is asked for is a list of typed changes. [`preview`] says what would come of them, and is the same calculation that applying them takes: a
//! change that would do something else than what was approved is refused and has to be submitted again.

mod gate;
mod item;
mod moves;
mod preview;
mod step;
mod version;

pub use gate::*;
pub use item::*;
pub use moves::*;
pub use preview::*;
pub use step::*;
pub use version::*;

use crate::approval::Decision;
use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::id::{ChangeId, CustomerId, EvidenceId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::refusal::{Detail, rejections};

codes! {
    /// The state of a change order.
    ChangeStatus in "change.status" {
        Draft = "draft",
        /// Waits for those who approve it.
        Submitted = "submitted",
        /// Approved; waits for the customer's yes.
        Answering = "answering",
        Applied = "applied",
        Rejected = "rejected",
        /// The customer said no.
        Refused = "refused",
        Withdrawn = "withdrawn",
    }
}

impl ChangeStatus {
    /// Whether it keeps the order's lines from moving: submitted and not ended.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Answering)
    }
}

codes! {
    /// Who wants a change.
    ChangeSide in "change.side" {
        Customer = "customer",
        /// We do; then the customer always has to say yes.
        Company = "company",
    }
}

rejections! {
    /// Why a change order refuses.
    ChangeRejection {
        NotDraft { status: ChangeStatus } => Conflict "change.not_draft",
        NotToSubmit { status: ChangeStatus } => Conflict "change.not_to_submit",
        NotSubmitted { status: ChangeStatus } => Conflict "change.not_submitted",
        NotAnswering { status: ChangeStatus } => Conflict "change.not_answering",
        Ended { status: ChangeStatus } => Conflict "change.ended",
        /// One change of an order is decided at a time.
        AnotherOpen { number: String } => Conflict "change.another_open",
        /// It would do something else than what was approved: stock, shipments or bills have moved meanwhile.
        Moved => Conflict "change.moved",
        /// Submitted again though it would do the same.
        NotMoved => Conflict "change.not_moved",
        /// It changes nothing.
        Nothing => Conflict "change.nothing",
        BelowBilled { payable: (Money, Currency), billed: (Money, Currency) } => Conflict "change.below_billed",
        BelowPaid { payable: (Money, Currency), paid: (Money, Currency) } => Conflict "change.below_paid",
        /// All that is left is billed already, and yet something would be left to bill.
        NothingLeftToBill { left: (Money, Currency) } => Conflict "change.nothing_left_to_bill",
        /// Who made a change does not approve it, nor who entered the order.
        OwnChange => Denied "change.own_change",
        ApprovedBefore => Denied "change.approved_before",
        NotYourStep { role: Detail } => Denied "change.not_your_step",
    }
}

rejections! {
    /// What is wrong with the content of a change order (CHG-02).
    ChangeRule {
        /// The same is changed twice.
        Repeated => Invalid "change.repeated",
        /// Goods of the line have left already.
        BelowShipped { shipped: (Quantity, String) } => Invalid "change.below_shipped",
        /// Goods of the line have left or are billed: it can neither be dropped nor swapped, nor its price changed.
        LineMoved { line_no: i64 } => Invalid "change.line_moved",
        /// The line was closed short and stays as it is (CHG-05).
        LineClosed { line_no: i64 } => Invalid "change.line_closed",
        LastLine => Invalid "change.last_line",
        /// The factory has begun: after this day the configuration stays as it is.
        Frozen { date: Date } => Invalid "change.frozen",
        /// The product has nothing to choose.
        NotConfigurable => Invalid "change.not_configurable",
        Same => Invalid "change.same",
        /// The evidence is of another order, withdrawn, or not of a kind that proves the customer's yes.
        NotTheAnswer => Invalid "change.not_the_answer",
        /// The evidence is older than what the customer is asked.
        OldEvidence => Invalid "change.old_evidence",
    }
}

/// A change of an order that has taken effect.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeOrder {
    /// Key.
    pub id: ChangeId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// Of which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// Who buys.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// State.
    pub status: ChangeStatus,
    /// Who wants it.
    pub side: ChangeSide,
    /// Why.
    pub reason: String,
    /// JSON: what is to change, a list of [`ChangeItem`].
    pub items: String,
    /// JSON: what comes of it as it was submitted, an [`Effect`]; empty before.
    pub effect: String,
    /// Raised by each submission: approvals of an earlier one count no more.
    pub round: i64,
    /// Which version of the order it made, from 2; 0 before it is applied.
    pub revision: i64,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// When it was last submitted.
    pub submitted_at: Option<Instant>,
    /// When the customer answered.
    pub answered_at: Option<Instant>,
    /// Who recorded the answer.
    pub answered_by: Option<UserId>,
    /// What proves the customer's yes.
    pub evidence_id: Option<EvidenceId>,
    /// Who ended it: applied, rejected or withdrew it, or recorded the customer's no.
    pub ended_by: Option<UserId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// Why it ended, or what the customer said.
    pub end_reason: String,
}

/// A signature that a change needs.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeApproval {
    /// Key, with round and step.
    pub change_id: ChangeId,
    /// Round: raised by each submission.
    pub round: i64,
    /// Step, from 1.
    pub step: i64,
    /// Signatures of one stage are given side by side, stages one after the other.
    pub stage: i64,
    /// The rule of the matrix that asks for it; [`CHANGE_RULE`] for the one that every change needs.
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

impl ChangeOrder {
    /// What is to change.
    pub fn items(&self) -> Vec<ChangeItem> {
        serde_json::from_str(&self.items).unwrap_or_default()
    }

    /// What comes of it, as it was submitted.
    pub fn effect(&self) -> Option<Effect> {
        serde_json::from_str(&self.effect).ok()
    }
}

#[cfg(test)]
mod tests;
