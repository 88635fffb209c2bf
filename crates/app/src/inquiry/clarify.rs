//! Nothing of an inquiry is open any more.

use domain::{Act, Actor, InquiryId, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, keep, load};

/// Says that nothing required is missing or vague.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotOpen`; `invalid` with every item that is missing or vague.
///
/// Source: INT-02
pub fn clarify(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;

    let event = inquiry.clarify(by)?;

    Ok(keep(work, by, inquiry, event))
}
