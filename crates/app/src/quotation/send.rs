//! A quotation goes out.

use domain::{Act, Actor, QuotationId, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Notes that the customer has the quotation, and how it went out.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotApproved`, `Expired`.
///
/// Source: QUO-01
pub fn send(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, note: &str) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.send(note, by, at)?;

    Ok(keep(work, by, quotation, event))
}
