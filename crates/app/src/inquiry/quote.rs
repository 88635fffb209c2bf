//! One click from an inquiry to a quotation.

use domain::{Act, Actor, InquiryId, InquiryVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, keep, load};
use crate::order::OrderInput;
use crate::quotation::{self, QuotationSent};

/// Makes a draft of a quotation that names the inquiry, with what was read in its raw words.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotQuotable`; `invalid` where the customer has no file yet, and as for any quotation.
///
/// Source: INT-02, QUO-01
pub fn quote(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>, input: &OrderInput) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;
    inquiry.may(InquiryVerb::Quote, by)?;
    let sent = QuotationSent { order: OrderInput { inquiry_id: Some(id), ..input.clone() }, ..QuotationSent::default() };
    let made = quotation::create::create(work, by, &sent)?;

    let event = inquiry.quoted(made.id, &made.number, by)?;

    Ok(keep(work, by, inquiry, event))
}
