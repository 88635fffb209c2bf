//! Nothing comes of an inquiry.

use domain::{Act, Actor, EventKind, InquiryId, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, clock, keep, load};

/// Ends an inquiry of which nothing comes; an answer that was promised is waited for no more.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Ended`; `invalid` without a reason.
pub fn drop(work: &mut UnitOfWork, by: &Actor, id: InquiryId, version: Option<Version>, reason: &str) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;

    let event = inquiry.drop_it(reason, by)?;

    clock::stop(work, id, EventKind::InquiryDropped)?;
    Ok(keep(work, by, inquiry, event))
}
