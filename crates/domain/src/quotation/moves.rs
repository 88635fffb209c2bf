//! The one table of moves of the quotation: what may be done in which state, and by whom.

use QuotationStatus::{Approved, Draft, Lost, Rejected, Sent, Submitted, Withdrawn, Won};

use super::{Quotation, QuotationRejection as No, QuotationStatus};
use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with a quotation; the code is the step's name in the API.
    QuotationVerb in "quotation.verb" {
        Edit = "edit",
        Submit = "submit",
        Approve = "approve",
        Return = "return",
        Reject = "reject",
        /// Sends it to the customer with a link to answer by.
        Offer = "offer",
        /// Notes that the customer has it.
        Send = "send",
        Win = "win",
        /// Makes a draft of an order with its prices.
        Order = "order",
        Lose = "lose",
        /// Makes the next version.
        Revise = "revise",
        Withdraw = "withdraw",
    }
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct QuotationMove {
    /// What is done.
    pub verb: QuotationVerb,
    /// In which states.
    pub from: &'static [QuotationStatus],
    /// Who may.
    pub act: Act,
    /// Whether a reason must be given.
    pub reason: bool,
    /// Whether it must still be valid.
    pub valid: bool,
    refused: fn(QuotationStatus) -> No,
}

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const QUOTATION_MOVES: &[QuotationMove] = &[
    QuotationMove { verb: QuotationVerb::Edit, from: &[Draft], act: Act::CreateQuotation, reason: false, valid: false, refused: |status| No::NotDraft { status } },
    QuotationMove { verb: QuotationVerb::Submit, from: &[Draft], act: Act::CreateQuotation, reason: false, valid: false, refused: |status| No::NotDraft { status } },
    QuotationMove { verb: QuotationVerb::Approve, from: &[Submitted], act: Act::ApproveQuotation, reason: false, valid: true, refused: |status| No::NotSubmitted { status } },
    QuotationMove { verb: QuotationVerb::Return, from: &[Submitted], act: Act::ApproveQuotation, reason: true, valid: false, refused: |status| No::NotSubmitted { status } },
    QuotationMove { verb: QuotationVerb::Reject, from: &[Submitted], act: Act::ApproveQuotation, reason: true, valid: false, refused: |status| No::NotSubmitted { status } },
    QuotationMove { verb: QuotationVerb::Offer, from: &[Approved, Sent], act: Act::CreateQuotation, reason: false, valid: true, refused: |status| No::NotApproved { status } },
    QuotationMove { verb: QuotationVerb::Send, from: &[Approved], act: Act::CreateQuotation, reason: false, valid: true, refused: |status| No::NotApproved { status } },
    QuotationMove { verb: QuotationVerb::Order, from: &[Sent, Won], act: Act::CreateQuotation, reason: false, valid: true, refused: |status| No::NotOrderable { status } },
    QuotationMove { verb: QuotationVerb::Win, from: &[Sent], act: Act::CreateQuotation, reason: false, valid: true, refused: |status| No::NotSent { status } },
    QuotationMove { verb: QuotationVerb::Lose, from: &[Draft, Submitted, Approved, Sent], act: Act::CreateQuotation, reason: false, valid: false, refused: |status| No::Ended { status } },
    QuotationMove { verb: QuotationVerb::Revise, from: &[Approved, Sent, Lost, Rejected, Withdrawn], act: Act::CreateQuotation, reason: false, valid: false, refused: |status| No::NotRevisable { status } },
    QuotationMove { verb: QuotationVerb::Withdraw, from: &[Draft, Submitted, Approved, Sent], act: Act::CreateQuotation, reason: true, valid: false, refused: |status| No::Ended { status } },
];

impl QuotationVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static QuotationMove {
        QUOTATION_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl Quotation {
    /// Whether the table allows this verb to this actor in the quotation's state of today.
    ///
    /// # Errors
    /// `denied`; what the table says of the state; `Expired`; `Own` for who wrote or submitted it; `NotLatest`.
    ///
    /// Source: QUO-01
    pub fn may(&self, verb: QuotationVerb, today: Date, by: &Actor) -> Result<&'static QuotationMove, Refusal> {
        let row = verb.table_row();
        by.may(row.act)?;
        if !row.from.contains(&self.status) {
            return Err((row.refused)(self.status).into());
        }
        if row.valid && !self.is_valid_on(today) {
            return Err(No::Expired { valid_until: self.valid_until }.into());
        }
        if row.act == Act::ApproveQuotation && (self.created_by == by.user_id || self.submitted_by == Some(by.user_id)) {
            return Err(No::Own.into());
        }
        if verb == QuotationVerb::Revise && !self.latest {
            return Err(No::NotLatest.into());
        }
        Ok(row)
    }
}

/// Something that may be done with a quotation, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotationAction {
    /// What.
    pub verb: QuotationVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this quotation and this actor; `ordered` is the order made from it that still lives, by its number.
pub fn quotation_actions(quotation: &Quotation, ordered: Option<&str>, today: Date, by: &Actor) -> Vec<QuotationAction> {
    let check = |verb: QuotationVerb| -> Result<(), Refusal> {
        quotation.may(verb, today, by)?;
        match (verb, ordered) {
            (QuotationVerb::Order, Some(order)) => Err(No::Ordered { order: order.to_owned() }.into()),
            _ => Ok(()),
        }
    };
    QUOTATION_MOVES.iter().map(|row| QuotationAction { verb: row.verb, refusal: check(row.verb).err() }).collect()
}
