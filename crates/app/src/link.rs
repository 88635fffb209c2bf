//! Links for people outside: made with what they are sent for, opened, taken back (CNF-01).

pub mod open;
pub mod revoke;

use domain::notify::{Delivery, DeliveryState, MAIL, MailSettings, NotifyChannel};
use domain::{Actor, Event, Language, LinkPurpose, LinkRejection, Order, PublicLink, Refusal, Version};
use serde_json::Value;
use store::{Outcome, UnitOfWork};

use crate::notify::words::{LINK_PATH, facts_of};

/// The secret of a link, made where randomness is; only its hash is kept, and the text itself in the message that is still to be sent.
#[derive(Clone)]
pub struct Token {
    /// What the link carries.
    pub secret: String,
    /// Hex SHA-256 of it.
    pub hash: String,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hash)
    }
}

/// A link to be made.
#[derive(Clone, Debug)]
pub struct NewLink<'a> {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Kind, id and number of what it shows.
    pub subject: (&'static str, i64, &'a str),
    /// Its secret.
    pub token: &'a Token,
    /// E-mail address; empty: somebody hands it over.
    pub sent_to: &'a str,
    /// Of the page.
    pub language: Language,
    /// Days for which it may be used.
    pub valid_days: i64,
}

/// Makes a link.
pub fn create(work: &mut UnitOfWork, by: &Actor, new: &NewLink<'_>) -> PublicLink {
    let (id, now) = (work.id(), work.now());
    let (kind, subject_id, number) = new.subject;
    let link = PublicLink {
        id,
        version: Version::FIRST,
        token_hash: new.token.hash.clone(),
        purpose: new.purpose,
        subject_kind: kind.to_owned(),
        subject_id,
        subject_number: number.to_owned(),
        sent_to: new.sent_to.to_owned(),
        language: new.language,
        created_by: by.user_id,
        created_at: now,
        expires_at: now.plus_seconds(new.valid_days * 86_400),
        first_opened_at: None,
        last_opened_at: None,
        opened_from: String::new(),
        opened_with: String::new(),
        revoked_at: None,
    };
    work.add(link.clone());
    link
}

/// Puts the e-mail with a link to those that go out: it goes out once, is tried again, and shows among the messages where it fails.
///
/// # Errors
/// `invalid` at `/way` where the company sends no e-mail, or its address is not known; leaves when the settings are not loaded yet.
///
/// Source: CNF-01
pub fn mail(work: &mut UnitOfWork, link: &PublicLink, token: &Token, template: &str, event: &Event, order: Option<&Order>) -> Outcome<()> {
    let mail = work.find::<MailSettings>(MAIL)?.filter(|mail| mail.active);
    let Some(mail) = mail else { return Err(Refusal::field("/way", LinkRejection::NoMail).into()) };
    if mail.site_url.trim().is_empty() {
        return Err(Refusal::field("/way", LinkRejection::NoSite).into());
    }
    let mut facts: serde_json::Map<String, Value> = serde_json::from_str(&facts_of(event, order)).unwrap_or_default();
    facts.insert(LINK_PATH.to_owned(), format!("{}{}", link.purpose.path(), token.secret).into());
    facts.insert("due_at".to_owned(), link.expires_at.to_string().into());
    let (id, now) = (work.id(), work.now());
    work.add(Delivery {
        id,
        version: Version::FIRST,
        dedup: format!("link:{}:{}", link.id, NotifyChannel::Email),
        position: 0,
        kind: event.kind.clone(),
        channel: NotifyChannel::Email,
        endpoint_id: 0,
        target: link.sent_to.clone(),
        user_id: None,
        template: template.to_owned(),
        language: link.language,
        subject_kind: event.subject_kind.clone(),
        subject_id: event.subject_id,
        subject_number: event.subject_number.clone(),
        facts: Value::Object(facts).to_string(),
        gathered: false,
        state: DeliveryState::Queued,
        attempts: 0,
        next_at: now,
        last_error: String::new(),
        created_at: now,
        sent_at: None,
    });
    Ok(())
}

/// Who acts by a link: nobody of the company, with no permission at all.
pub fn stranger(company_id: domain::CompanyId, name: &str, address: &str, language: Language) -> Actor {
    let (name, channel, address) = (name.to_owned(), "link".to_owned(), address.to_owned());
    Actor { name, channel, address, language, company_id, ..crate::session::actor_of_nobody() }
}
