//! A quotation goes to its customer with a link to answer by.

use domain::{
    Act, Actor, AttachmentKind, LINK_DAYS, Language, LinkPurpose, OfferId, OfferInput, OfferRejection, OfferWay, Quotation, QuotationId,
    QuotationVerb, Version,
};
use serde::{Deserialize, Serialize};
use store::rows::QuotationOffers;
use store::{Outcome, UnitOfWork};

use super::{kept_with, moment};
use crate::attachment::keep::keep;
use crate::link::{self, NewLink, Token};
use crate::order::confirmation::Content;
use crate::quotation::QuotationState;
use crate::saved::on_version;

/// How a quotation is to go.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How it goes.
    pub way: OfferWay,
    /// E-mail address.
    pub to: String,
    /// Of the document and the page.
    pub language: Language,
    /// The document.
    pub document: Content,
    /// The version of the quotation that the document was made of.
    pub made_of: Version,
    /// Secret of the customer's link.
    pub token: Token,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// The quotation.
    pub quotation: QuotationState,
    /// Hash of the link's secret. A repeated request is answered with that of the first.
    pub token_hash: String,
}

/// Sends a quotation by e-mail with a link, or by a link that somebody hands over. What was sent of it before is superseded; the link outlives its last
/// day, so that the customer is told that it is over.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `quotation.not_approved`, `quotation.expired`, `offer.changed`; `invalid` at `/to` and `/way`.
///
/// Source: QUO-01
pub fn send(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>, new: &Sending) -> Outcome<Sent> {
    by.may(Act::CreateQuotation)?;
    work.want_of::<QuotationOffers>([id]);
    let at = moment(work)?;
    let mut quotation = work.get::<Quotation>(id)?;
    on_version(version, quotation.version, "quotation")?;
    quotation.may(QuotationVerb::Offer, at.today, by)?;
    if new.made_of != quotation.version {
        return Err(OfferRejection::Changed.into());
    }
    let earlier = work.of::<QuotationOffers>(id)?;
    let before = earlier.iter().map(|sent| sent.no).max().unwrap_or(0);

    let offer_id: OfferId = work.id();
    let document_id = keep(work, by, kept_with(&quotation), AttachmentKind::Quotation, &new.document)?;
    let sent_to = if new.way == OfferWay::Email { new.to.trim() } else { "" };
    let link = NewLink {
        purpose: LinkPurpose::AnswerQuotation,
        subject: ("offer", offer_id.raw(), &quotation.number),
        token: &new.token,
        sent_to,
        language: new.language,
        valid_days: at.today.days_until(quotation.valid_until) + LINK_DAYS,
    };
    let link = link::create(work, by, &link);
    let document = (document_id, new.document.sha256.as_str());
    let input = OfferInput { id: offer_id, before, way: new.way, sent_to, language: new.language, document };
    let (offer, event) = quotation.offer(link.id, &input, by, at)?;
    if new.way == OfferWay::Email {
        link::mail(work, &link, &new.token, "quotation_offer", &event, None)?;
    }

    for mut sent in earlier {
        if sent.supersede() {
            work.save(&mut sent);
        }
    }
    work.add(offer);
    work.save(&mut quotation);
    work.record(by, event);
    Ok(Sent { quotation: QuotationState::of(&quotation), token_hash: link.token_hash })
}
