//! The next version of a quotation.

use domain::{Act, Actor, EventKind, QuotationId, Version};
use store::rows::QuotationLines;
use store::{Outcome, UnitOfWork};

use super::{QuotationState, load, moment};

/// Makes the next version, a draft with the same content; both are kept.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotRevisable`, `NotLatest`.
///
/// Source: QUO-01
pub fn revise(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    work.want_of::<QuotationLines>([id]);
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;
    let lines = work.of::<QuotationLines>(id)?;

    let (next, lines, event) = quotation.revise(work.id(), &lines, by, at)?;

    work.save(&mut quotation);
    work.record(by, event);
    work.fresh::<QuotationLines>(next.id);
    let event = next
        .event(EventKind::QuotationCreated)
        .with("customer", next.customer_name.clone())
        .with("payable", (next.payable_minor, next.currency));
    let next = work.add(next);
    for line in lines {
        work.add(line);
    }
    work.record(by, event);
    Ok(QuotationState::of(&next))
}
