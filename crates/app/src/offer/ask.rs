//! The customer asks something about a quotation by its link or at the portal.

use domain::Actor;
use store::{Outcome, UnitOfWork};

use super::{Access, Answered, moment, shown};
use crate::message::write::ask_about;

/// Asks: what is asked waits for an answer among the messages with the customer, and stands beside the quotation.
///
/// # Errors
/// `link.not_valid`, `not-found`; `offer.already_accepted`, `offer.already_declined`, `offer.superseded`, `offer.withdrawn`, `offer.closed`, `offer.expired`;
/// `invalid` at `/text`.
///
/// Source: QUO-01, INT-07
pub fn ask(work: &mut UnitOfWork, by: &Actor, access: Access, text: &str) -> Outcome<Answered> {
    let (mut offer, quotation) = shown(work, by, access)?;
    let at = moment(work)?;

    offer.ask(&quotation, text, at)?;

    ask_about(work, by, &quotation, &offer.question)?;
    work.save(&mut offer);
    Ok(Answered { status: offer.status })
}
