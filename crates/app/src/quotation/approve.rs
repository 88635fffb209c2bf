//! The sales manager's yes.

use domain::{Act, Actor, QuotationId, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Lets a quotation go out.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSubmitted`, `Expired`; `Own` for who wrote or submitted it.
///
/// Source: QUO-01
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, note: &str) -> Outcome<QuotationState> {
    by.may(Act::ApproveQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.approve(note, by, at)?;

    Ok(keep(work, by, quotation, event))
}
