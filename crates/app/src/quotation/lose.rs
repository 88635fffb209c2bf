//! The customer does not take an offer.

use domain::{Act, Actor, QuotationId, QuotationReason, Version};
use store::{Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};

/// Records that the customer does not take it, and why.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `Ended`; `invalid` where the reason is another one and not said in words.
///
/// Source: QUO-01
pub fn lose(
    work: &mut UnitOfWork,
    by: &Actor,
    id: QuotationId,
    version: Option<Version>,
    said: (QuotationReason, &str),
) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;

    let event = quotation.lose(said.0, said.1, by, at)?;

    Ok(keep(work, by, quotation, event))
}
