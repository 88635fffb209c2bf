//! How quotations that were sent look in JSON.

use domain::notify::{MAIL, MailSettings};
use domain::{Act, Actor, Customer, Date, Instant, Language, Offer, Quotation, QuotationId, name_of};
use serde::Serialize;
use store::query::{attachment, link, offer as query, order};
use store::{Fault, Reader};
use utoipa::ToSchema;

use crate::confirmation::{DocumentJson, LinkJson, SignedJson, address};
use crate::value::{LanguageCode, Named, OfferStatusCode, OfferWayCode, QuotationReasonCode};

/// A quotation as its customer was sent it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
pub struct OfferJson {
    /// Its id.
    pub id: String,
    /// Which of this version of the quotation, from 1.
    pub no: i64,
    /// What became of it, as the quotation and the day make it.
    pub status: OfferStatusCode,
    /// What became of it, for people.
    pub status_name: String,
    /// How it went.
    pub way: OfferWayCode,
    /// How it went, for people.
    pub way_name: String,
    /// E-mail address.
    pub sent_to: String,
    /// Of the document and the page.
    pub language: LanguageCode,
    /// When it was sent.
    pub sent_at: String,
    /// Who sent it.
    pub sent_by: Named,
    /// The document.
    pub document: Option<DocumentJson>,
    /// When the customer first opened it: the proof that it was received.
    pub opened_at: Option<String>,
    /// The customer's link.
    pub link: Option<LinkJson>,
    /// The signature with which it was accepted.
    pub signed: Option<SignedJson>,
    /// When it was declined.
    pub declined_at: Option<String>,
    /// Who declined.
    pub declined_by: String,
    /// Why it was declined.
    pub reason: Option<QuotationReasonCode>,
    /// Why it was declined, in the customer's words.
    pub remark: String,
    /// What the customer asked last.
    pub question: String,
    /// When.
    pub asked_at: Option<String>,
}

/// What the customer was sent of a version of a quotation, and what is needed to send it again.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QuotationOffers)]
pub struct QuotationOffers {
    /// The newest first.
    pub items: Vec<OfferJson>,
    /// Whether the company sends e-mail and is known by an address.
    pub mail_ready: bool,
    /// The customer's e-mail address, where it is known.
    pub to: String,
    /// The customer's language.
    pub language: LanguageCode,
    /// Whether the caller may send and take back.
    pub may_send: bool,
}

fn shown(at: Option<Instant>) -> Option<String> {
    at.map(|at| at.to_string())
}

impl OfferJson {
    fn of(reader: &Reader<'_>, by: &Actor, offer: Offer, quotation: &Quotation, (today, now): (Date, Instant)) -> Result<Self, Fault> {
        let (company, language) = (by.company_id, by.language);
        let names = order::names(reader, company)?;
        let link = link::with_mail(reader, company, offer.link_id)?;
        let document = attachment::one(reader, company, offer.document_id)?;
        let status = offer.status_on(quotation, today);
        let signed = offer.answered_at.zip(offer.signed_way).map(|(at, way)| SignedJson {
            at: at.to_string(),
            signer: offer.signer.clone(),
            way: way.into(),
            way_name: name_of(language, way),
            from: offer.answered_from.clone(),
            sha256: offer.signature_sha256.clone(),
            evidence_id: None,
        });
        let declined = offer.answered_at.filter(|_| signed.is_none());
        Ok(OfferJson {
            id: offer.id.to_string(),
            no: offer.no,
            status: status.into(),
            status_name: name_of(language, status),
            way: offer.way.into(),
            way_name: name_of(language, offer.way),
            sent_to: offer.sent_to,
            language: offer.language.into(),
            sent_at: offer.sent_at.to_string(),
            sent_by: Named { id: offer.sent_by.to_string(), name: names.get(&offer.sent_by).cloned().unwrap_or_default() },
            document: document.as_ref().map(DocumentJson::of),
            opened_at: shown(offer.opened_at),
            link: link.map(|(link, mail)| LinkJson::of(&link, mail.as_ref(), now, language)),
            declined_by: if declined.is_some() { offer.signer } else { String::new() },
            declined_at: shown(declined),
            signed,
            reason: offer.reason.map(QuotationReasonCode::from),
            remark: offer.remark,
            question: offer.question,
            asked_at: shown(offer.asked_at),
        })
    }
}

impl QuotationOffers {
    /// Of a version of a quotation.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn read(reader: &Reader<'_>, by: &Actor, id: QuotationId, at: (Date, Instant)) -> Result<Option<Self>, Fault> {
        let company = by.company_id;
        let Some(quotation) = reader.get::<Quotation>(company, id)? else { return Ok(None) };
        let customer = reader.get::<Customer>(company, quotation.customer_id)?;
        let contacts = store::query::customer::contacts(reader, company, quotation.customer_id)?;
        let mail = reader.get::<MailSettings>(company, MAIL)?;
        let sent = query::of_quotation(reader, company, id)?.into_iter().rev();
        Ok(Some(QuotationOffers {
            items: sent.map(|offer| OfferJson::of(reader, by, offer, &quotation, at)).collect::<Result<_, _>>()?,
            mail_ready: mail.is_some_and(|mail| mail.active && !mail.site_url.trim().is_empty()),
            to: address(&contacts),
            language: customer.map_or(Language::ZhCn, |customer| customer.language).into(),
            may_send: by.may(Act::CreateQuotation).is_ok(),
        }))
    }
}
