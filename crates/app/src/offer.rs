//! Quotations as their customers are sent them: with a link by which they are accepted or declined (QUO-01).

pub mod accept;
pub mod ask;
pub mod decline;
pub mod send;

use domain::{Company, LinkId, Moment, Offer, OfferId, OfferStatus, PublicLink, Quotation};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

use crate::attachment::keep::KeptWith;

/// An answer of a customer, in short.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// What became of it.
    pub status: OfferStatus,
}

/// What a link shows: what was sent, and its quotation.
///
/// # Errors
/// `link.not_valid`; `not-found`.
fn shown(work: &mut UnitOfWork, link: LinkId) -> Outcome<(Held<Offer>, Held<Quotation>)> {
    work.want::<Company>([work.company()]);
    let link = work.get::<PublicLink>(link)?;
    link.check(work.now())?;
    let offer = work.get::<Offer>(OfferId::from_raw(link.subject_id))?;
    let quotation = work.get::<Quotation>(offer.quotation_id)?;
    Ok((offer, quotation))
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
