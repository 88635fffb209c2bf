//! How confirmations look in JSON.

use std::collections::BTreeMap;

use domain::notify::{Delivery, MAIL, MailSettings};
use domain::{
    Act, Actor, Attachment, Confirmation, Customer, CustomerContact, Date, Instant, Language, Order, OrderId, PublicLink, Slip, UserId,
    WorkCalendar, name_of,
};
use serde::Serialize;
use store::query::{attachment, confirmation as query, link, order};
use store::{Fault, Reader};
use utoipa::ToSchema;

use super::calendar;
use crate::by::By;
use crate::error::Error;
use crate::state::Web;
use crate::value::{
    Coded, ConfirmationStatusCode, ConfirmationWayCode, DeliveryStateCode, LanguageCode, Named, OrderSignatureCode, SignatureWayCode,
};

/// How the promised date stands while the signed confirmation is not back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Slip)]
pub struct SlipJson {
    /// The date that was promised when the confirmation was sent.
    pub original: String,
    /// By how many days it has slipped.
    pub days: i64,
    /// The date that is promised now.
    pub current: String,
}

impl From<Slip> for SlipJson {
    fn from(slip: Slip) -> Self {
        SlipJson { original: slip.original.to_string(), days: slip.days, current: slip.current.to_string() }
    }
}

impl SlipJson {
    /// Of an order on a day, where it slips.
    pub fn of(order: &Order, today: Date, calendar: &WorkCalendar) -> Option<Self> {
        order.slip(today, calendar).map(Self::from)
    }
}

/// A document that was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConfirmationDocument)]
pub struct DocumentJson {
    /// Id of the attachment.
    pub id: String,
    /// Its name.
    pub filename: String,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of its content.
    pub sha256: String,
}

impl DocumentJson {
    pub(crate) fn of(file: &Attachment) -> Self {
        DocumentJson { id: file.id.to_string(), filename: file.filename.clone(), size: file.size, sha256: file.sha256.clone() }
    }
}

/// The link that the customer was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConfirmationLink)]
pub struct LinkJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Whether it may be used now.
    pub valid: bool,
    /// When it is over.
    pub expires_at: String,
    /// When it was first opened.
    pub opened_at: Option<String>,
    /// When it was last opened.
    pub last_opened_at: Option<String>,
    /// Network address of who opened it first.
    pub opened_from: String,
    /// Browser of who opened it first.
    pub opened_with: String,
    /// When it was taken back.
    pub revoked_at: Option<String>,
    /// What became of the e-mail with it; `null` where somebody handed it over.
    pub mail: Option<MailJson>,
}

/// What became of the e-mail with a link.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConfirmationMail)]
pub struct MailJson {
    /// Its state.
    pub state: DeliveryStateCode,
    /// Its state, for people.
    pub state_name: String,
    /// When it was taken.
    pub sent_at: Option<String>,
    /// Why the last try failed.
    pub error: String,
}

/// A signature.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConfirmationSigned)]
pub struct SignedJson {
    /// When.
    pub at: String,
    /// Who.
    pub signer: String,
    /// How.
    pub way: SignatureWayCode,
    /// How, for people.
    pub way_name: String,
    /// Network address of who signed on the page.
    pub from: String,
    /// Hex SHA-256 of the signature's picture, or of the signed paper.
    pub sha256: String,
    /// Id of the proof.
    pub evidence_id: Option<String>,
}

/// A confirmation that was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Confirmation)]
pub struct ConfirmationJson {
    /// Its id.
    pub id: String,
    /// Which of the order's, from 1.
    pub no: i64,
    /// Which version of the order it is of: 1 as it was approved, one more with each change.
    pub order_revision: i64,
    /// What became of it.
    pub status: ConfirmationStatusCode,
    /// What became of it, for people.
    pub status_name: String,
    /// How it went.
    pub way: ConfirmationWayCode,
    /// How it went, for people.
    pub way_name: String,
    /// E-mail address or fax number.
    pub sent_to: String,
    /// Of the document and the page.
    pub language: LanguageCode,
    /// When it was sent.
    pub sent_at: String,
    /// Who sent it.
    pub sent_by: Named,
    /// The document.
    pub document: Option<DocumentJson>,
    /// The date it promised.
    pub promised_on: Option<String>,
    /// When the customer first opened it.
    pub opened_at: Option<String>,
    /// The link that was given last.
    pub link: Option<LinkJson>,
    /// The signature.
    pub signed: Option<SignedJson>,
    /// By how many days the promised date slipped until it was signed.
    pub slipped_days: i64,
    /// What the customer asked for, or why a signed paper was sent back.
    pub remark: String,
}

/// The confirmations of an order, and what is needed to send another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderConfirmations)]
pub struct OrderConfirmations {
    /// The newest first.
    pub items: Vec<ConfirmationJson>,
    /// Which version of the order counts now.
    pub order_revision: i64,
    /// Whether the customer signs.
    pub signature: OrderSignatureCode,
    /// Whether the customer signs, for people.
    pub signature_name: String,
    /// How the promised date stands.
    pub slip: Option<SlipJson>,
    /// What is looked at on a signed paper.
    pub checks: Vec<Coded>,
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

impl LinkJson {
    pub(crate) fn of(link: &PublicLink, mail: Option<&Delivery>, now: Instant, language: Language) -> Self {
        let mail = mail.map(|mail| MailJson {
            state: mail.state.into(),
            state_name: name_of(language, mail.state),
            sent_at: shown(mail.sent_at),
            error: mail.last_error.clone(),
        });
        LinkJson {
            id: link.id.to_string(),
            version: link.version.raw(),
            valid: link.check(now).is_ok(),
            expires_at: link.expires_at.to_string(),
            opened_at: shown(link.first_opened_at),
            last_opened_at: shown(link.last_opened_at),
            opened_from: link.opened_from.clone(),
            opened_with: link.opened_with.clone(),
            revoked_at: shown(link.revoked_at),
            mail,
        }
    }
}

struct Known<'a> {
    files: &'a BTreeMap<domain::AttachmentId, Attachment>,
    names: &'a BTreeMap<UserId, String>,
    language: Language,
}

impl ConfirmationJson {
    fn of(sent: Confirmation, link: Option<LinkJson>, known: &Known<'_>) -> Self {
        let language = known.language;
        let signed = sent.signed_at.zip(sent.signed_way).map(|(at, way)| SignedJson {
            at: at.to_string(),
            signer: sent.signer.clone(),
            way: way.into(),
            way_name: name_of(language, way),
            from: sent.signed_from.clone(),
            sha256: sent.signature_sha256.clone(),
            evidence_id: sent.evidence_id.map(|id| id.to_string()),
        });
        ConfirmationJson {
            id: sent.id.to_string(),
            no: sent.no,
            order_revision: sent.order_revision,
            status: sent.status.into(),
            status_name: name_of(language, sent.status),
            way: sent.way.into(),
            way_name: name_of(language, sent.way),
            sent_to: sent.sent_to,
            language: sent.language.into(),
            sent_at: sent.sent_at.to_string(),
            sent_by: Named { id: sent.sent_by.to_string(), name: known.names.get(&sent.sent_by).cloned().unwrap_or_default() },
            document: known.files.get(&sent.document_id).map(DocumentJson::of),
            promised_on: sent.promised_on.map(|day| day.to_string()),
            opened_at: shown(sent.opened_at),
            link,
            signed,
            slipped_days: sent.slipped_days,
            remark: sent.remark,
        }
    }
}

/// The customer's address for such mail: that of the main contact, else of the first that has one.
pub(crate) fn address(contacts: &[CustomerContact]) -> String {
    let with = || contacts.iter().filter(|contact| !contact.email.is_empty());
    with().find(|contact| contact.main).or_else(|| with().next()).map(|contact| contact.email.clone()).unwrap_or_default()
}

impl OrderConfirmations {
    /// Of an order.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn read(reader: &Reader<'_>, by: &Actor, id: OrderId, (today, now): (Date, Instant)) -> Result<Option<Self>, Fault> {
        let company = by.company_id;
        let Some(its_order) = reader.get::<Order>(company, id)? else { return Ok(None) };
        let customer = reader.get::<Customer>(company, its_order.customer_id)?;
        let contacts = store::query::customer::contacts(reader, company, its_order.customer_id)?;
        let mail = reader.get::<MailSettings>(company, MAIL)?;
        let files = attachment::of_order(reader, company, id)?.into_iter().map(|file| (file.id, file)).collect();
        let names = order::names(reader, company)?;
        let known = Known { files: &files, names: &names, language: by.language };
        let mut items = Vec::new();
        for sent in query::of_order(reader, company, id)?.into_iter().rev() {
            let found = sent.link_id.map(|id| link::with_mail(reader, company, id)).transpose()?.flatten();
            let link = found.map(|(link, mail)| LinkJson::of(&link, mail.as_ref(), now, by.language));
            items.push(ConfirmationJson::of(sent, link, &known));
        }
        Ok(Some(OrderConfirmations {
            items,
            order_revision: revision(reader, company, id)?,
            signature: its_order.signature.into(),
            signature_name: name_of(by.language, its_order.signature),
            slip: SlipJson::of(&its_order, today, &calendar(reader, company, [&its_order])?),
            checks: domain::CopyCheck::ALL.iter().map(|item| Coded::of(*item, by.language)).collect(),
            mail_ready: mail.is_some_and(|mail| mail.active && !mail.site_url.trim().is_empty()),
            to: address(&contacts),
            language: customer.map_or(Language::ZhCn, |customer| customer.language).into(),
            may_send: by.may(Act::SendConfirmation).is_ok(),
        }))
    }
}

/// Which version of an order counts now.
///
/// # Errors
/// Any fault of the database.
pub(super) fn revision(reader: &Reader<'_>, company: domain::CompanyId, id: OrderId) -> Result<i64, Fault> {
    let changes = store::query::change::of_order(reader, company, id)?;
    Ok(app::order::confirmation::order_revision(&changes.iter().collect::<Vec<_>>()))
}

/// The language of an order's customer.
///
/// # Errors
/// 404 where there is no such order.
pub(super) async fn language_of(web: &Web, by: &By, id: OrderId) -> Result<Language, Error> {
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let Some(order) = reader.get::<Order>(company, id)? else { return Ok(None) };
        reader.get::<Customer>(company, order.customer_id)
    });
    Ok(read.await?.ok_or_else(|| Error::not_found("order"))?.language)
}
