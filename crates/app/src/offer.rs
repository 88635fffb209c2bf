//! Quotations as their customers are sent them: accepted or declined by a link, or at the portal (QUO-01, INT-07).

pub mod accept;
pub mod ask;
pub mod decline;
pub mod open;
pub mod send;

use domain::{Actor, Company, LinkId, Moment, Offer, OfferId, OfferStatus, PublicLink, Quotation, QuotationId, Refusal};
use serde::{Deserialize, Serialize};
use store::rows::QuotationOffers;
use store::{Held, Outcome, UnitOfWork};

use crate::attachment::keep::KeptWith;

/// An answer of a customer, in short.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// What became of it.
    pub status: OfferStatus,
}

/// How a customer comes to what was sent.
#[derive(Clone, Copy, Debug)]
pub enum Access {
    /// By the link that was sent, without an account.
    Link(LinkId),
    /// At the portal, to what was sent last of a version of a quotation; for the actor's customer.
    Portal(QuotationId),
}

/// What was sent, and its quotation.
///
/// # Errors
/// `link.not_valid` for a link that is over; `not-found`, at the portal also for what is another customer's or was never sent.
fn shown(work: &mut UnitOfWork, by: &Actor, access: Access) -> Outcome<(Held<Offer>, Held<Quotation>)> {
    work.want::<Company>([work.company()]);
    match access {
        Access::Link(link) => {
            let link = work.get::<PublicLink>(link)?;
            link.check(work.now())?;
            let offer = work.get::<Offer>(OfferId::from_raw(link.subject_id))?;
            let quotation = work.get::<Quotation>(offer.quotation_id)?;
            Ok((offer, quotation))
        }
        Access::Portal(id) => {
            let customer = by.customer()?;
            work.want_of::<QuotationOffers>([id]);
            let quotation = work.find::<Quotation>(id)?.filter(|quotation| quotation.is_seen_by(customer));
            let quotation = quotation.ok_or_else(|| Refusal::not_found("quotation"))?;
            let last = work.of::<QuotationOffers>(id)?.into_iter().max_by_key(|offer| offer.no);
            Ok((last.ok_or_else(|| Refusal::not_found("quotation"))?, quotation))
        }
    }
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: company.date_of(work.now()) })
}

/// Files of a quotation are kept with it.
fn kept_with(quotation: &Quotation) -> KeptWith {
    KeptWith { order_id: None, kind: "quotation", id: quotation.id.raw() }
}
