//! An answer that the customer is promised by a time (INT-06).

use domain::{Act, Actor, Company, FieldRule, Inquiry, InquiryId, Instant, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{InquiryState, clock, load};

/// Promises an answer by a time: a clock runs on it. A new promise takes the place of the one before.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Dropped`; `invalid` for a time that is over, and for a note that is too long.
///
/// Source: INT-06
pub fn promise(
    work: &mut UnitOfWork,
    by: &Actor,
    id: InquiryId,
    version: Option<Version>,
    answer_by: Instant,
    note: &str,
) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    let mut inquiry = load(work, id, version)?;
    if note.chars().count() > 500 {
        return Err(Refusal::field("/note", FieldRule::TooLong { max: 500 }).into());
    }
    record(work, by, &mut inquiry, answer_by, note.trim())?;
    work.save(&mut inquiry);
    Ok(InquiryState::of(&inquiry))
}

/// Records a promise in an inquiry, and starts its clock; the caller writes the inquiry.
pub(super) fn record(work: &mut UnitOfWork, by: &Actor, inquiry: &mut Inquiry, answer_by: Instant, note: &str) -> Outcome<()> {
    let event = inquiry.promise(answer_by, by, work.now())?;
    clock::start(work, by, inquiry, answer_by, note)?;
    let zone = work.get::<Company>(work.company())?.time_zone.clone();
    let shown = answer_by.shown_in(&zone).unwrap_or_else(|| answer_by.to_string());
    work.record(by, event.with("due", shown).because(note));
    Ok(())
}
