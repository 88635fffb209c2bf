//! The one table of moves of the inquiry: what may be done in which state, and by whom.

use InquiryStatus::{Clarified, Open, Ordered, Quoted};

use super::{Inquiry, InquiryRejection as No, InquiryStatus};
use crate::actor::Actor;
use crate::codes::codes;
use crate::permission::Act;
use crate::refusal::Refusal;

codes! {
    /// What may be done with an inquiry; the code is the step's name in the API.
    InquiryVerb in "inquiry.verb" {
        Edit = "edit",
        /// Says that nothing required is missing or vague.
        Clarify = "clarify",
        /// Promises an answer by a time.
        Promise = "promise",
        /// Records what the customer was answered.
        Answer = "answer",
        /// Makes a draft of a quotation.
        Quote = "quote",
        /// Makes a draft of an order, or names one.
        Order = "order",
        Drop = "drop",
    }
}

/// One row of the table of moves.
#[derive(Clone, Copy, Debug)]
pub struct InquiryMove {
    /// What is done.
    pub verb: InquiryVerb,
    /// In which states.
    pub from: &'static [InquiryStatus],
    /// Who may, beside who may write inquiries.
    pub act: Act,
    /// Whether a reason must be given.
    pub reason: bool,
    refused: fn(InquiryStatus) -> No,
}

/// What is not dropped may be edited and answered still: what is missing is found out after the order was made as well.
const ALIVE: &[InquiryStatus] = &[Open, Clarified, Quoted, Ordered];

/// The table of moves, in the order people expect the buttons.
#[rustfmt::skip]
pub const INQUIRY_MOVES: &[InquiryMove] = &[
    InquiryMove { verb: InquiryVerb::Edit, from: ALIVE, act: Act::CreateInquiry, reason: false, refused: |_| No::Dropped },
    InquiryMove { verb: InquiryVerb::Clarify, from: &[Open], act: Act::CreateInquiry, reason: false, refused: |status| No::NotOpen { status } },
    InquiryMove { verb: InquiryVerb::Promise, from: ALIVE, act: Act::CreateInquiry, reason: false, refused: |_| No::Dropped },
    InquiryMove { verb: InquiryVerb::Answer, from: ALIVE, act: Act::CreateInquiry, reason: false, refused: |_| No::Dropped },
    InquiryMove { verb: InquiryVerb::Order, from: ALIVE, act: Act::CreateOrder, reason: false, refused: |_| No::Dropped },
    InquiryMove { verb: InquiryVerb::Quote, from: &[Open, Clarified], act: Act::CreateQuotation, reason: false, refused: |status| No::NotQuotable { status } },
    InquiryMove { verb: InquiryVerb::Drop, from: &[Open, Clarified, Quoted], act: Act::CreateInquiry, reason: true, refused: |status| No::Ended { status } },
];

impl InquiryVerb {
    /// Its row of the table.
    pub fn table_row(self) -> &'static InquiryMove {
        INQUIRY_MOVES.iter().find(|row| row.verb == self).expect("every verb has a row, a test sees to it")
    }
}

impl Inquiry {
    /// Whether the table allows this verb to this actor in the inquiry's state.
    ///
    /// # Errors
    /// `denied`; what the table says of the state; for `clarify` `invalid` with every item that is missing or vague.
    ///
    /// Source: INT-02
    pub fn may(&self, verb: InquiryVerb, by: &Actor) -> Result<&'static InquiryMove, Refusal> {
        let row = verb.table_row();
        by.may(Act::CreateInquiry)?;
        by.may(row.act)?;
        if !row.from.contains(&self.status) {
            return Err((row.refused)(self.status).into());
        }
        if verb == InquiryVerb::Clarify {
            Refusal::unless_valid(self.open_items(by.language))?;
        }
        if matches!(verb, InquiryVerb::Quote | InquiryVerb::Order) && self.customer_id.is_none() {
            return Err(Refusal::field("/customer_id", No::NoCustomer));
        }
        Ok(row)
    }
}

/// Something that may be done with an inquiry, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct InquiryAction {
    /// What.
    pub verb: InquiryVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb of the table for this inquiry and this actor; `ordered` is the order made from it that still lives, by its number.
pub fn inquiry_actions(inquiry: &Inquiry, ordered: Option<&str>, by: &Actor) -> Vec<InquiryAction> {
    let check = |verb: InquiryVerb| -> Result<(), Refusal> {
        inquiry.may(verb, by)?;
        match (verb, ordered) {
            (InquiryVerb::Order, Some(order)) => Err(No::HasOrder { order: order.to_owned() }.into()),
            _ => Ok(()),
        }
    };
    INQUIRY_MOVES.iter().map(|row| InquiryAction { verb: row.verb, refusal: check(row.verb).err() }).collect()
}
