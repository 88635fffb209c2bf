//! The customer asks something about a quotation by its link.

use domain::{Actor, LinkId};
use store::{Outcome, UnitOfWork};

use super::{Answered, moment, shown};
use crate::message::write::write_by_link;

/// Asks: what is asked waits for an answer among the messages with the customer, and stands beside the quotation.
///
/// # Errors
/// `link.not_valid`; `offer.already_accepted`, `offer.already_declined`, `offer.superseded`, `offer.withdrawn`, `offer.closed`, `offer.expired`;
/// `invalid` at `/text`.
///
/// Source: QUO-01
pub fn ask(work: &mut UnitOfWork, by: &Actor, link: LinkId, text: &str) -> Outcome<Answered> {
    let (mut offer, quotation) = shown(work, link)?;
    let at = moment(work)?;

    offer.ask(&quotation, text, at)?;

    let details =
        [("number", quotation.number.as_str().into()), ("revision", quotation.revision.into()), ("text", offer.question.as_str().into())];
    let said = domain::text(offer.language, "offer.asked", &details);
    write_by_link(work, by, quotation.customer_id, said)?;
    work.save(&mut offer);
    Ok(Answered { status: offer.status })
}
