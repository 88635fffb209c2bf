//! Contracts: what is agreed with a customer for a time, put in force by somebody other than who entered it, that orders are checked against (QUO-02), and
//! frame lines of which later orders call off (QUO-04).

mod agreed;
mod call;
mod check;
mod line;
mod moves;
mod step;

pub use agreed::*;
pub use call::*;
pub use line::*;
pub use moves::*;
pub use step::*;

use crate::codes::{Codes, Settlement, codes};
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{AttachmentId, ContractId, CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::rejections;

codes! {
    /// The state of a contract.
    ContractStatus in "contract.status" {
        Draft = "draft",
        InForce = "in_force",
        /// Its last day is over; told by the day, never kept.
        Expired = "expired",
        Ended = "ended",
    }
}

codes! {
    /// What an order under a contract is compared in.
    ContractTerm in "contract.term" {
        Currency = "currency",
        /// The days between which orders are placed.
        Period = "period",
        Settlement = "settlement",
        /// The share in advance.
        Deposit = "deposit",
        /// Whether prices contain tax.
        Tax = "tax",
        /// Days to pay an invoice.
        CreditDays = "credit_days",
        /// Days from order to delivery, at the least.
        LeadTime = "lead_time",
        /// A product that the contract does not name.
        Product = "product",
        /// Price of a unit, after the discount of the line.
        Price = "price",
    }
}

rejections! {
    /// Why a contract refuses.
    ContractRejection {
        NotDraft { status: ContractStatus } => Conflict "contract.not_draft",
        NotInForce { status: ContractStatus } => Conflict "contract.not_in_force",
        Ended { status: ContractStatus } => Conflict "contract.ended",
        /// Who entered a contract does not put it in force.
        Own => Denied "contract.own",
        /// Its last day is over already.
        Over { valid_to: Date } => Conflict "contract.over",
        /// Something is still to be called off; whoever ends it all the same says so.
        Remains { lines: i64, product: String, remaining: (Quantity, String) } => Conflict "contract.remains",
        /// More than what remains of a frame line.
        AboveRemaining { product: String, remaining: (Quantity, String), wanted: (Quantity, String) } => Conflict "contract.above_remaining",
        /// Nothing more is called off of a contract that has ended.
        CalledWhenEnded { contract: String } => Conflict "contract.called_when_ended",
    }
}

rejections! {
    /// What is wrong with an order under a contract.
    ContractRule {
        /// The contract is with somebody else.
        OtherCustomer { contract: String } => Invalid "contract.other_customer",
        NotYetInForce { contract: String, status: ContractStatus } => Invalid "contract.not_yet_in_force",
        /// The contract binds here: the order says something else.
        Binding { contract: String, term: ContractTerm, agreed: crate::refusal::Detail, ordered: crate::refusal::Detail } => Invalid "contract.binding",
        /// The order departs from its contract; that needs a reason.
        NoReason { contract: String, count: i64 } => Invalid "contract.no_reason",
        /// More than what remains of a frame line.
        TooMuch { remaining: (Quantity, String) } => Invalid "contract.too_much",
        /// A product stands in a contract once.
        SameProduct => Invalid "contract.same_product",
        /// A contract says something: terms or a line.
        SaysNothing => Invalid "contract.says_nothing",
    }
}

/// A contract with a customer. What it does not say, orders are free in.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Key.
    pub id: ContractId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// State; what the day makes of it says [`Contract::status_on`].
    pub status: ContractStatus,
    /// With whom.
    pub customer_id: CustomerId,
    /// Code of the customer when it was written.
    pub customer_code: String,
    /// Name of the customer when it was written.
    pub customer_name: String,
    /// The customer's number for it.
    pub customer_ref: String,
    /// What it is about.
    pub title: String,
    /// Of its prices.
    pub currency: Currency,
    /// Whether its prices contain tax.
    pub tax_inclusive: bool,
    /// First day on which orders are placed under it.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// How orders are paid.
    pub settlement: Option<Settlement>,
    /// Share of an order asked for in advance.
    pub deposit_rate: Option<Rate>,
    /// Days to pay an invoice.
    pub credit_days: Option<i64>,
    /// Credit conditions, in words.
    pub credit_terms: String,
    /// Days from order to delivery, at the least.
    pub lead_days: Option<i64>,
    /// Delivery conditions, in words.
    pub delivery_terms: String,
    /// All other terms, in words.
    pub terms: String,
    /// In which of [`ContractTerm`] an order must not depart from it; in the others it needs a reason.
    pub binding: Codes,
    /// Number of lines.
    pub line_count: i64,
    /// The signed contract, as a file.
    pub file_id: Option<AttachmentId>,
    /// Hex SHA-256 of that file; empty without one.
    pub file_sha256: String,
    /// Who entered it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who changed it last as a draft.
    pub edited_by: UserId,
    /// Who put it in force.
    pub enforced_by: Option<UserId>,
    /// When.
    pub enforced_at: Option<Instant>,
    /// Who ended it.
    pub ended_by: Option<UserId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// Why.
    pub end_reason: String,
}

/// What a contract says, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractTerms {
    /// The customer's number for it.
    pub customer_ref: String,
    /// What it is about.
    pub title: String,
    /// Of its prices; the customer's where left out.
    pub currency: Option<Currency>,
    /// Whether its prices contain tax; as the customer's orders where left out.
    pub tax_inclusive: Option<bool>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// How orders are paid.
    pub settlement: Option<Settlement>,
    /// Share in advance.
    pub deposit_rate: Option<Rate>,
    /// Days to pay an invoice.
    pub credit_days: Option<i64>,
    /// Credit conditions, in words.
    pub credit_terms: String,
    /// Days from order to delivery, at the least.
    pub lead_days: Option<i64>,
    /// Delivery conditions, in words.
    pub delivery_terms: String,
    /// All other terms, in words.
    pub terms: String,
    /// Where it binds.
    pub binding: Codes,
}

impl Contract {
    /// Its state on a day: what is in force expires with its last day.
    pub fn status_on(&self, today: Date) -> ContractStatus {
        let over = self.status == ContractStatus::InForce && today > self.valid_to;
        if over { ContractStatus::Expired } else { self.status }
    }

    /// Whether the signed contract is kept with it.
    pub fn is_signed(&self) -> bool {
        self.file_id.is_some()
    }

    /// Whether orders of this day are placed under it.
    pub fn covers(&self, day: Date) -> bool {
        self.status == ContractStatus::InForce && (self.valid_from..=self.valid_to).contains(&day)
    }

    /// Whether an order must not depart from it in this.
    pub fn binds(&self, term: ContractTerm) -> bool {
        term == ContractTerm::Currency || self.binding.contains(term.as_str())
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "customer": |one| one.customer_name.clone(),
            "customer_ref": |one| one.customer_ref.clone(),
            "title": |one| one.title.clone(),
            "currency": |one| one.currency,
            "tax_inclusive": |one| one.tax_inclusive,
            "valid_from": |one| one.valid_from,
            "valid_to": |one| one.valid_to,
            "settlement": |one| one.settlement,
            "deposit_rate": |one| one.deposit_rate,
            "credit_days": |one| one.credit_days,
            "credit_terms": |one| one.credit_terms.clone(),
            "lead_days": |one| one.lead_days,
            "delivery_terms": |one| one.delivery_terms.clone(),
            "terms": |one| one.terms.clone(),
            "binding": |one| one.binding.clone(),
            "line_count": |one| one.line_count,
        )
    }
}

#[cfg(test)]
mod tests;
