//! The customer opens a quotation at the portal: the proof that it was received.

use domain::{Actor, QuotationId};
use store::{Outcome, UnitOfWork};

use super::{Access, Answered, shown};

/// Notes that what was sent was opened; only the first time is told as an event, with the browser.
///
/// # Errors
/// `not-found` for what is another customer's or was never sent.
///
/// Source: QUO-01, INT-07
pub fn open(work: &mut UnitOfWork, by: &Actor, id: QuotationId, agent: &str) -> Outcome<Answered> {
    let (mut offer, quotation) = shown(work, by, Access::Portal(id))?;
    if let Some(event) = quotation.opened(&mut offer, agent, work.now()) {
        work.save(&mut offer);
        work.record(by, event);
    }
    Ok(Answered { status: offer.status })
}
