//! The words of a notification in a language.

use domain::notify::{Delivery, Facts, Notification, Template, Words, built_in};
use domain::{Event, EventKind, Language, Order, OrderId};

/// What is said around every notification of a company.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Name of the company.
    pub company: String,
    /// Its zone.
    pub zone: String,
    /// Where people reach the product, without a slash at the end; may be empty.
    pub site_url: String,
}

/// What somebody is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The event.
    pub kind: &'a str,
    /// Code of the template.
    pub template: &'a str,
    /// Kind of what it is about.
    pub subject_kind: &'a str,
    /// Id of what it is about.
    pub subject_id: i64,
    /// Number of what it is about.
    pub subject_number: &'a str,
    /// JSON: what fills the template.
    pub facts: &'a str,
    /// Name of who is told.
    pub recipient: &'a str,
}

impl<'a> Told<'a> {
    /// Of a notification.
    pub fn of(notification: &'a Notification, recipient: &'a str) -> Self {
        let Notification { kind, template, subject_kind, subject_id, subject_number, facts, .. } = notification;
        Told { kind, template, subject_kind, subject_id: *subject_id, subject_number, facts, recipient }
    }

    /// Of a delivery.
    pub fn of_delivery(delivery: &'a Delivery, recipient: &'a str) -> Self {
        let Delivery { kind, template, subject_kind, subject_id, subject_number, facts, .. } = delivery;
        Told { kind, template, subject_kind, subject_id: *subject_id, subject_number, facts, recipient }
    }
}

/// Where the interface shows what a notification is about; empty where it has no page.
pub fn path(subject_kind: &str, subject_id: i64) -> String {
    let id = OrderId::from_raw(subject_id);
    match subject_kind {
        "order" => format!("/orders/{id}"),
        "customer" => format!("/customers/{id}"),
        "agent" => format!("/agents/{id}"),
        "quotation" => format!("/quotations/{id}"),
        "contract" => format!("/contracts/{id}"),
        "inquiry" => format!("/inquiries/{id}"),
        "transfer" => format!("/stock/transfers/{id}"),
        "stock_count" => format!("/stock/counts/{id}"),
        "quota" => format!("/quotas/{id}"),
        "supplier" => format!("/suppliers/{id}"),
        "purchase" => format!("/purchases/{id}"),
        "delivery" => "/deliveries?state=dead".to_owned(),
        _ => String::new(),
    }
}

/// Of a message with a link of its own: the fact with its path, which is forgotten once the message is sent.
pub const LINK_PATH: &str = "link_path";

/// The facts of an event and of the order it is about, in JSON: what fills a template.
pub fn facts_of(event: &Event, order: Option<&Order>) -> String {
    super::told::facts(event, order)
}

/// The words of what somebody is told: the company's own where there are any, else the built-in ones.
pub fn words(own: Option<&Template>, told: &Told<'_>, around: &Around, language: Language) -> Words {
    let words = own.map_or_else(|| built_in(told.template, language), |own| own.words(language));
    facts(told, around, language).fill(&words, language, &around.zone)
}

fn facts(told: &Told<'_>, around: &Around, language: Language) -> Facts {
    let path = path(told.subject_kind, told.subject_id);
    let read = Facts::read(told.facts);
    let own = read.value(LINK_PATH, language, "");
    let path = if own.is_empty() { path } else { own };
    let link = if path.is_empty() || around.site_url.is_empty() { String::new() } else { format!("{}{path}", around.site_url) };
    read.with("company", around.company.as_str())
        .with("recipient", told.recipient)
        .with("link", link)
        .with("event", happened(told, language))
}

/// The event in a sentence.
fn happened(told: &Told<'_>, language: Language) -> String {
    let mut event = Event::of(EventKind::OrderCreated, told.subject_kind, told.subject_id, told.subject_number);
    told.kind.clone_into(&mut event.kind);
    told.facts.clone_into(&mut event.data);
    event.summary(language)
}

/// Several messages as one.
pub fn gathered(own: Option<&Template>, items: &[Words], recipient: &str, around: &Around, language: Language) -> Words {
    let list: Vec<String> = items.iter().enumerate().map(|(place, item)| format!("{}. {}", place + 1, item.subject)).collect();
    let words = own.map_or_else(|| built_in("digest", language), |own| own.words(language));
    Facts::default()
        .with("company", around.company.as_str())
        .with("recipient", recipient)
        .with("count", items.len().to_string())
        .with("items", list.join("\n"))
        .fill(&words, language, &around.zone)
}
