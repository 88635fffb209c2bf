//! The words of notifications: a subject and a body in each language, with places that facts fill.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::id::Version;
use crate::instant::Instant;
use crate::language::Language;
use crate::refusal::FieldError;
use crate::rule::FieldCheck;
use crate::text::{catalogue, fill, shown};

/// Every template there is; its built-in words are the texts `notify.<code>.subject` and `notify.<code>.body`.
pub const CODES: &[&str] = &[
    "order_submitted",
    "order_reviewed",
    "order_returned",
    "order_rejected",
    "order_took_effect",
    "order_shipped",
    "payment_recorded",
    "shipment_delivered",
    "clock_warned",
    "clock_breached",
    "clock_escalated",
    "delivery_failed",
    "order_confirmation",
    "order_signed",
    "order_correction",
    "quotation_offer",
    "event",
    "digest",
    "test",
];

/// Every place that a template may have; its description is the text `notify_place.<name>`. What a notification has nothing for stays empty.
pub const PLACES: &[&str] = &[
    "amount",
    "at",
    "by",
    "channel",
    "clock",
    "company",
    "count",
    "customer",
    "due_at",
    "error",
    "event",
    "items",
    "link",
    "number",
    "payable",
    "payment",
    "reason",
    "recipient",
    "required_on",
    "role",
    "shipment",
    "signer",
];

/// A subject and a body in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// The administrator's own words for a template; an empty text means the built-in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Key: one of [`CODES`].
    pub code: String,
    /// Raised by every change.
    pub version: Version,
    /// Subject in Simplified Chinese.
    pub subject_zh_cn: String,
    /// Body in Simplified Chinese.
    pub body_zh_cn: String,
    /// Subject in Traditional Chinese.
    pub subject_zh_tw: String,
    /// Body in Traditional Chinese.
    pub body_zh_tw: String,
    /// Subject in English.
    pub subject_en: String,
    /// Body in English.
    pub body_en: String,
}

impl Template {
    /// The built-in words of a template as the administrator's own.
    pub fn built_in(code: &str) -> Self {
        let [cn, tw, en] = [Language::ZhCn, Language::ZhTw, Language::En].map(|language| built_in(code, language));
        Self {
            code: code.to_owned(),
            version: Version::FIRST,
            subject_zh_cn: cn.subject,
            body_zh_cn: cn.body,
            subject_zh_tw: tw.subject,
            body_zh_tw: tw.body,
            subject_en: en.subject,
            body_en: en.body,
        }
    }

    /// Its words in a language, the built-in ones where it has none.
    pub fn words(&self, language: Language) -> Words {
        let (subject, body) = match language {
            Language::ZhCn => (&self.subject_zh_cn, &self.body_zh_cn),
            Language::ZhTw => (&self.subject_zh_tw, &self.body_zh_tw),
            Language::En => (&self.subject_en, &self.body_en),
        };
        let usual = built_in(&self.code, language);
        let or = |own: &String, usual: String| if own.trim().is_empty() { usual } else { own.clone() };
        Words { subject: or(subject, usual.subject), body: or(body, usual.body) }
    }

    /// Each text with its pointer.
    pub fn texts(&self) -> [(&'static str, &String); 6] {
        [
            ("/zh-CN/subject", &self.subject_zh_cn),
            ("/zh-CN/body", &self.body_zh_cn),
            ("/zh-TW/subject", &self.subject_zh_tw),
            ("/zh-TW/body", &self.body_zh_tw),
            ("/en/subject", &self.subject_en),
            ("/en/body", &self.body_en),
        ]
    }

    /// What is wrong with it beside unknown places, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        for (pointer, text) in self.texts() {
            let subject = pointer.ends_with("subject");
            check.optional(text, if subject { 200 } else { 4000 }, pointer);
            check.that(!(subject && text.contains(['\n', '\r'])), pointer, crate::rule::FieldRule::Malformed);
        }
        check.errors
    }
}

/// The built-in words of a template.
pub fn built_in(code: &str, language: Language) -> Words {
    let text = |part: &str| catalogue(language).get(&format!("notify.{code}.{part}")).cloned().unwrap_or_default();
    Words { subject: text("subject"), body: text("body") }
}

/// The places of a text, in their order.
pub fn places(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

/// The places of a text that nothing ever fills.
pub fn unknown_places(text: &str) -> Vec<&str> {
    places(text).into_iter().filter(|name| !PLACES.contains(name)).collect()
}

/// What fills a template: facts by place, as events keep them.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    values: Map<String, Value>,
    shown: BTreeMap<&'static str, String>,
}

/// Facts that are points in time.
const INSTANTS: &[&str] = &["at", "due_at"];

impl Facts {
    /// From the JSON that is kept with a notification.
    pub fn read(json: &str) -> Self {
        Self { values: serde_json::from_str(json).unwrap_or_default(), shown: BTreeMap::new() }
    }

    /// With a text for a place, such as the link.
    #[must_use]
    pub fn with(mut self, place: &'static str, text: impl Into<String>) -> Self {
        self.shown.insert(place, text.into());
        self
    }

    /// What stands in a place, in a language and, of points in time, a zone.
    pub fn value(&self, place: &str, language: Language, zone: &str) -> String {
        if let Some(text) = self.shown.get(place) {
            return text.clone();
        }
        let Some(value) = self.values.get(place) else { return String::new() };
        let instant = value.as_str().filter(|_| INSTANTS.contains(&place)).and_then(|text| Instant::parse(text).ok());
        instant.and_then(|at| at.shown_in(zone)).unwrap_or_else(|| shown(language, value))
    }

    /// Words with their places filled; a place without a fact is empty, and a subject stays one line.
    pub fn fill(&self, words: &Words, language: Language, zone: &str) -> Words {
        let filled = |text: &str| fill(text, |name| PLACES.contains(&name).then(|| self.value(name, language, zone)));
        let subject = filled(&words.subject).replace(['\n', '\r'], " ");
        Words { subject: subject.trim().to_owned(), body: filled(&words.body).trim_end().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_words_and_known_places() {
        for code in CODES {
            for language in Language::ALL {
                let words = built_in(code, *language);
                assert!(!words.subject.is_empty() && !words.body.is_empty(), "{code} {language}");
                assert_eq!(unknown_places(&words.subject), [""; 0], "{code}");
                assert_eq!(unknown_places(&words.body), [""; 0], "{code}");
            }
        }
        assert!(PLACES.is_sorted());
    }

    #[test]
    fn facts_fill_places_in_each_language() {
        let facts = Facts::read(
            r#"{"number":"SO1","payable":{"amount":"50800.00","currency":"CNY"},"due_at":"2026-11-21T10:00:00Z","role":{"group":"role","code":"finance"}}"#,
        )
        .with("link", "https://x/orders/1");
        let words = Words { subject: "{number}\n{payable} {reason}".into(), body: "{due_at} {role} {link} {numbr}".into() };
        let filled = facts.fill(&words, Language::En, "Asia/Shanghai");
        assert_eq!(filled.subject, "SO1 ¥50,800.00");
        assert_eq!(filled.body, "2026-11-21 18:00 Finance https://x/orders/1 {numbr}");
        assert_eq!(unknown_places(&words.body), ["numbr"]);
    }

    #[test]
    fn own_words_stand_before_built_in_ones() {
        let mut template = Template::built_in("order_submitted");
        template.subject_en = "New: {number}".into();
        template.body_en = String::new();
        let words = template.words(Language::En);
        assert_eq!(words, Words { subject: "New: {number}".into(), body: built_in("order_submitted", Language::En).body });
        template.subject_zh_tw = "a\nb".into();
        assert_eq!(template.check()[0].pointer, "/zh-TW/subject");
    }
}
