//! The sales manager's no.

use domain::{Act, Actor, QuotationId, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Ends a quotation with a no.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSubmitted`, `Own`; `invalid` without a reason.
///
/// Source: QUO-01
pub fn reject(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, reason: &str) -> Outcome<QuotationState> {
    by.may(Act::ApproveQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.reject(reason, by, at)?;

    Ok(keep(work, by, quotation, event))
}
