//! The customer declines a quotation by its link.

use domain::{Actor, LinkId, QuotationReason};
use store::{Outcome, UnitOfWork};

use super::{Answered, moment, shown};

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
/// `link.not_valid`; `offer.already_accepted`, `offer.already_declined`, `offer.superseded`, `offer.withdrawn`, `offer.closed`, `offer.expired`;
/// `invalid` at `/signer` and `/note`.
///
/// Source: QUO-01
pub fn decline(work: &mut UnitOfWork, by: &Actor, link: LinkId, new: &Declining) -> Outcome<Answered> {
    let (mut offer, mut quotation) = shown(work, link)?;
    let at = moment(work)?;

    let event = quotation.decline(&mut offer, (new.reason, &new.note, &new.signer), by, at)?;

    work.save(&mut offer);
    work.save(&mut quotation);
    work.record(by, event);
    Ok(Answered { status: offer.status })
}
