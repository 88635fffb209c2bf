//! Orders read from messages: the draft that a person confirmed, and what was learned from the corrections (INT-05).

pub mod confirm;
pub mod delete;

use domain::intake::{LearnedKind, VagueField};

/// A correction: these words mean this.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// What kind of thing they mean.
    pub kind: LearnedKind,
    /// The words as they were written.
    pub said: String,
    /// Id or code of the product or customer, or the unit.
    pub means: String,
    /// Only where this customer says so; else by whomever it is said.
    pub only_this_customer: bool,
}

/// What an order was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The message, exactly as it was pasted.
    pub text: String,
    /// Hex SHA-256 of it.
    pub sha256: String,
    /// What was corrected.
    pub corrections: Vec<Correction>,
    /// Vague words that stay open: which field, and which word.
    pub vague: Vec<(VagueField, String)>,
}
