//! The customer declines a quotation by its link or at the portal.

use domain::{Actor, QuotationReason};
use store::{Outcome, UnitOfWork};

use super::{Access, Answered, moment, shown};

/// Why it is declined.
#[derive(Clone, Debug)]
pub struct Declining {
    /// Why.
    pub reason: QuotationReason,
    /// In the customer's words.
    pub note: String,
    /// Name of who declines.
    pub signer: String,
}

/// Declines what was sent: the quotation is lost in the same transaction, with its reason.
///
/// # Errors
/// `link.not_valid`, `not-found`; `offer.already_accepted`, `offer.already_declined`, `offer.superseded`, `offer.withdrawn`, `offer.closed`, `offer.expired`;
/// `invalid` at `/signer` and `/note`.
///
/// Source: QUO-01, INT-07
pub fn decline(work: &mut UnitOfWork, by: &Actor, access: Access, new: &Declining) -> Outcome<Answered> {
    let (mut offer, mut quotation) = shown(work, by, access)?;
    let at = moment(work)?;

    let event = quotation.decline(&mut offer, (new.reason, &new.note, &new.signer), by, at)?;

    work.save(&mut offer);
    work.save(&mut quotation);
    work.record(by, event);
    Ok(Answered { status: offer.status })
}
