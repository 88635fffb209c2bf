//! Changing an inquiry: what was found out is filled in.

use domain::{Act, Actor, EventKind, Inquiry, InquiryId, InquiryVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{InquirySent, InquiryState, input, keep, load};

/// Replaces the content of an inquiry; what was clear and is not any more is open again.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Dropped`; `invalid` with every unknown reference at its field.
///
/// Source: INT-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>, sent: &InquirySent) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;
    inquiry.may(InquiryVerb::Edit, by)?;
    let old: Inquiry = (*inquiry).clone();

    input::fill(work, by, &mut inquiry, sent)?;
    inquiry.reopen_if_unclear();

    let event = inquiry.event(EventKind::InquiryEdited).changing(inquiry.changes_from(&old));
    let event = event.with("missing", inquiry.missing_count).with("vague", inquiry.vague_count);
    Ok(keep(work, by, inquiry, event))
}
