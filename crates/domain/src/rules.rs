//! A company's rules as data: its blueprint (POL-01).
//!
//! A blueprint is a TOML text: numbering, limits, the approval matrix, gates, the review checklist, clocks, notifications, roles. Its conditions are CEL expressions over a fixed
//! vocabulary of typed facts ([`VOCABULARY`]); they are parsed, checked and turned into a small tree when the text is read, so that a rule that names
//! something unknown never gets as far as an order, and asking a rule costs next to nothing.

mod asks;
mod blueprint;
mod cancellation;
mod check;
mod condition;
mod confirmation;
mod fact;
mod gate;
mod grade;
mod inquiry;
mod kept;
mod known;
mod matrix;
mod mistake;
mod read;
mod risk;
mod role;
mod schema;
mod sentence;
mod tables;
mod value;
mod written;

pub use blueprint::*;
pub use cancellation::CancellationRule;
pub use condition::Condition;
pub use confirmation::ConfirmationRule;
pub use fact::*;
pub use gate::*;
pub use grade::GradeTerms;
pub use inquiry::InquiryRule;
pub use kept::*;
pub use known::CompanyCodes;
pub use matrix::*;
pub use mistake::*;
pub use risk::*;
pub use role::*;
pub use schema::blueprint_schema;
pub use sentence::document;
pub use value::*;
pub use written::written_out;

#[cfg(test)]
mod tests;
