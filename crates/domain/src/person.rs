//! Personal data of the people of customers: what they agreed to, and what is erased of them at their wish (PTY-05).

use crate::codes::codes;
use crate::customer::{Customer, CustomerContact};
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{ConsentId, CustomerId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};
use serde_json::Value;
use std::ops::BitOr;

codes! {
    /// What somebody agrees to.
    ConsentPurpose in "consent_purpose" {
        /// Name, phone and address are kept to deal with orders.
        Orders = "orders",
        /// Told by phone, mail or messages how orders stand.
        Contact = "contact",
        /// Told of offers.
        Marketing = "marketing",
        /// Handed to carriers and others who take part.
        Sharing = "sharing",
    }
}

rejections! {
    /// Why a step with personal data is refused.
    PersonRejection {
        AlreadyWithdrawn => Conflict "person.already_withdrawn",
        /// Orders that are not at their end still need the person.
        OpenPapers { count: i64 } => Conflict "person.open_papers",
        /// There is nothing of a person of this name.
        Unknown { name: String } => Invalid "person.unknown",
    }
}

/// What stands where something was erased.
pub const ERASED: &str = "***";

/// How long texts may be, in characters.
const TEXT_MAX: i64 = 500;

/// A consent of a person, with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    /// Key.
    pub id: ConsentId,
    /// Raised by every change.
    pub version: Version,
    /// At which customer.
    pub customer_id: CustomerId,
    /// Name of the person; what was erased stands as [`ERASED`].
    pub person: String,
    /// To what.
    pub purpose: ConsentPurpose,
    /// When it was given.
    pub given_on: Date,
    /// How, and where the proof is.
    pub evidence: String,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// How it was withdrawn.
    pub withdrawn_note: String,
    /// Who recorded that.
    pub withdrawn_by: Option<UserId>,
}

impl Consent {
    /// What is wrong with it, each at its field; nobody agrees in the future.
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.person, 100, "/person");
        check.required(&self.evidence, TEXT_MAX, "/evidence");
        check.that(self.given_on <= today, "/given_on", FieldRule::After { date: today });
        check.errors
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `person.already_withdrawn`; `invalid` at `/on` before it was given or in the future, and at `/note` without one.
    ///
    /// Source: PTY-05
    pub fn withdraw(&mut self, customer: &Customer, (on, note): (Date, &str), by: UserId, today: Date) -> Result<Event, Refusal> {
        if self.withdrawn_on.is_some() {
            return Err(PersonRejection::AlreadyWithdrawn.into());
        }
        let mut check = FieldCheck::default();
        check.required(note, TEXT_MAX, "/note");
        check.that(on >= self.given_on, "/on", FieldRule::Before { date: self.given_on });
        check.that(on <= today, "/on", FieldRule::After { date: today });
        Refusal::unless_valid(check.errors)?;
        (self.withdrawn_on, self.withdrawn_by) = (Some(on), Some(by));
        note.trim().clone_into(&mut self.withdrawn_note);
        Ok(self.event(EventKind::ConsentWithdrawn, customer))
    }

    /// What happened to it.
    pub fn event(&self, kind: EventKind, customer: &Customer) -> Event {
        let event = Event::of(kind, "customer", customer.id.raw(), &customer.code);
        event.with("person", self.person.as_str()).with("purpose", self.purpose)
    }
}

/// By what a person is known at a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Phones and e-mails, each once.
    pub reached_at: Vec<String>,
    /// Names at the portal's sign-in.
    pub logins: Vec<String>,
}

impl Person {
    /// Of this name, with what contacts of that name say.
    pub fn of<'a>(name: &str, contacts: impl IntoIterator<Item = &'a CustomerContact>) -> Self {
        let name = name.trim().to_owned();
        let mut reached_at: Vec<String> = Vec::new();
        for contact in contacts.into_iter().filter(|contact| contact.name == name) {
            for text in [&contact.phone, &contact.email] {
                if !text.is_empty() && !reached_at.contains(text) {
                    reached_at.push(text.clone());
                }
            }
        }
        Self { name, reached_at, logins: Vec::new() }
    }

    /// Whether a name, a phone, an e-mail or a login is this person's.
    pub fn is(&self, text: &str) -> bool {
        !text.is_empty() && (text == self.name || self.reached_at.iter().chain(&self.logins).any(|own| own == text))
    }

    /// The text without what tells who it is; nothing where there is nothing of that in it. A login is taken out only where it is the whole text.
    pub fn erased(&self, text: &str) -> Option<String> {
        if self.is(text) {
            return Some(ERASED.to_owned());
        }
        let mut left = text.to_owned();
        for word in std::iter::once(&self.name).chain(&self.reached_at).filter(|word| !word.is_empty()) {
            left = without(&left, word);
        }
        (left != text).then_some(left)
    }

    /// The same of a JSON text: names of members stay.
    pub fn erased_json(&self, text: &str) -> Option<String> {
        let Ok(mut value) = serde_json::from_str::<Value>(text) else { return self.erased(text) };
        self.erase_in(&mut value).then(|| value.to_string())
    }

    fn erase_in(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.erased(text) {
                Some(left) => {
                    *text = left;
                    true
                }
                None => false,
            },
            Value::Array(items) => items.iter_mut().map(|item| self.erase_in(item)).fold(false, BitOr::bitor),
            Value::Object(members) => members.values_mut().map(|member| self.erase_in(member)).fold(false, BitOr::bitor),
            _ => false,
        }
    }
}

/// A text without a word; within a longer word of Latin letters and digits it is another word.
fn without(text: &str, word: &str) -> String {
    let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let (begins, ends) = (latin(word.chars().next()), latin(word.chars().last()));
    let (mut left, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let last = before.chars().last().or_else(|| left.chars().last());
        let within = begins && latin(last) || ends && latin(after.chars().next());
        left.push_str(before);
        left.push_str(if within { word } else { ERASED });
        rest = after;
    }
    left.push_str(rest);
    left
}

/// What is wrong with a wish to erase a person, each at its field; `nothing` is kept of somebody of that name.
pub fn check_erasure(name: &str, reason: &str, nothing: bool) -> Vec<FieldError> {
    let mut check = FieldCheck::default();
    check.required(reason, TEXT_MAX, "/reason");
    check.required(name, 100, "/name");
    if check.errors.is_empty() && nothing {
        check.errors.push(FieldError::new("/name", PersonRejection::Unknown { name: name.to_owned() }));
    }
    check.errors
}

/// What was erased of a person.
///
/// The event names no data of the person. It names each event whose text was changed, with the hash of what is left: so that the chain of events
/// can still be followed and nothing else can have been changed.
pub fn erasure_event(customer: &Customer, count: i64, redacted: &[(i64, String)], reason: &str) -> Event {
    let event = Event::of(EventKind::PersonErased, "customer", customer.id.raw(), &customer.code).with("count", count);
    let hashes: Vec<String> = redacted.iter().map(|(position, hash)| format!("{position}:{hash}")).collect();
    event.with("redacted", hashes.join(",")).because(reason)
}

/// What an event of an erasure says of other events: their positions with the hashes of what is left of them.
pub fn redacted_by(event_data: &str) -> Vec<(i64, String)> {
    let facts: Value = serde_json::from_str(event_data).unwrap_or_default();
    let Some(text) = facts.get("redacted").and_then(Value::as_str) else { return Vec::new() };
    text.split(',').filter_map(|one| one.split_once(':')).filter_map(|(at, hash)| Some((at.parse().ok()?, hash.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{customer, today};

    fn person() -> Person {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Person { name: "李\"华\"".to_owned(), reached_at: texts(&["13800138000", "li@example.com"]), logins: texts(&["li"]) }
    }

    /// PTY-05
    #[test]
    fn what_tells_who_somebody_is_goes_out_of_texts() {
        let check = |text: &str, left: Option<&str>| assert_eq!(person().erased(text).as_deref(), left, "{text}");
        check("li", Some("***"));
        check("lines of li", None);
        check("li@example.com", Some("***"));
        check("mail:li@example.com,李\"华\"来", Some("mail:***,***来"));
        check("ali@example.com", None);
        check("138001380001", None);
        check("王一", None);
        let data = serde_json::json!({"li": 1, "changes": [{"field": "contacts/1", "before": "13800138000", "after": "李\"华\" 139"}]})
            .to_string();
        let left: Value = serde_json::from_str(&person().erased_json(&data).unwrap()).unwrap();
        assert_eq!(left, serde_json::json!({"li": 1, "changes": [{"field": "contacts/1", "before": "***", "after": "*** 139"}]}));
        assert_eq!(person().erased_json("{\"name\":\"王一\"}"), None);
    }

    /// PTY-05
    #[test]
    fn an_erasure_names_the_events_it_changed_and_no_person() {
        let event = erasure_event(&customer(), 3, &[(7, "ab".to_owned()), (9, "cd".to_owned())], "本人要求");
        assert_eq!(redacted_by(&event.data), [(7, "ab".to_owned()), (9, "cd".to_owned())]);
        assert_eq!(redacted_by("{}"), []);
    }

    /// PTY-05
    #[test]
    fn a_consent_is_withdrawn_once_and_not_before_it_was_given() {
        let mut consent = Consent {
            id: ConsentId::from_raw(1),
            version: Version::FIRST,
            customer_id: customer().id,
            person: "李华".to_owned(),
            purpose: ConsentPurpose::Marketing,
            given_on: today(),
            evidence: "微信聊天".to_owned(),
            recorded_by: UserId::NONE,
            recorded_at: Instant::from_micros(0),
            withdrawn_on: None,
            withdrawn_note: String::new(),
            withdrawn_by: None,
        };
        assert_eq!(consent.check(today()), []);
        assert_eq!(consent.check(today().plus_days(-1))[0].pointer, "/given_on");
        let wrong = consent.withdraw(&customer(), (today().plus_days(-1), ""), UserId::NONE, today()).unwrap_err();
        assert_eq!(wrong.fields.iter().map(|field| field.pointer.as_str()).collect::<Vec<_>>(), ["/note", "/on"]);
        consent.withdraw(&customer(), (today(), "来电"), UserId::NONE, today()).unwrap();
        let again = consent.withdraw(&customer(), (today(), "来电"), UserId::NONE, today()).unwrap_err();
        assert_eq!(again.code, "person.already_withdrawn");
    }
}
