//! Taking a quotation back.

use domain::{Act, Actor, QuotationId, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Takes back a quotation that has not ended.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Ended`; `invalid` without a reason.
///
/// Source: QUO-01
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, reason: &str) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.withdraw(reason, by, at)?;

    Ok(keep(work, by, quotation, event))
}
