//! Back to who wrote it.

use domain::{Act, Actor, QuotationId, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Gives a quotation back to be written better.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSubmitted`, `Own`; `invalid` without a reason.
///
/// Source: QUO-01
pub fn return_to_draft(
    work: &mut UnitOfWork,
    by: &Actor,
    id: QuotationId,
    version: Option<Version>,
    reason: &str,
) -> Outcome<QuotationState> {
    by.may(Act::ApproveQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.send_back(reason, by, at)?;

    Ok(keep(work, by, quotation, event))
}
