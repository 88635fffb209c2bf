//! The customer takes an offer.

use domain::{Act, Actor, QuotationId, QuotationReason, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Records that the customer takes it.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotSent`; `Expired`: then it needs a new version.
///
/// Source: QUO-01
pub fn win(
    work: &mut UnitOfWork,
    by: &Actor,
    id: QuotationId,
    version: Option<Version>,
    said: (Option<QuotationReason>, &str),
) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.win(said.0, said.1, by, at)?;

    Ok(keep(work, by, quotation, event))
}
