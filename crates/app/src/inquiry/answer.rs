//! The customer is answered (INT-06).

use domain::{Act, Actor, EventKind, InquiryId, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, clock, keep, load};

/// Records what the customer was answered; the clock of the promise ends.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Dropped`; `invalid` without words.
///
/// Source: INT-06
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>, answer: &str) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;

    let event = inquiry.answer(answer, by, work.now())?;

    clock::stop(work, id, EventKind::InquiryAnswered)?;
    Ok(keep(work, by, inquiry, event))
}
