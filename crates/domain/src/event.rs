//! Events: what happened; audit entry, timeline and outbox at once.

mod kind;

pub use kind::EventKind;

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::id::{OrderId, UserId};
use crate::instant::Instant;
use crate::language::Language;
use crate::refusal::Detail;
use crate::text::{catalogue, fill, shown, text};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Place in the company's stream; drawn when written, 0 before.
    pub position: i64,
    /// When.
    pub at: Instant,
    /// What, in the past tense: a code of [`EventKind`].
    pub kind: String,
    /// Kind of what it happened to: `order`.
    pub subject_kind: String,
    /// Id of what it happened to.
    pub subject_id: i64,
    /// Number or code of what it happened to.
    pub subject_number: String,
    /// Who did it.
    pub by: UserId,
    /// Name of who did it.
    pub by_name: String,
    /// Way in: `web`, `api`, `cli`, `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// JSON: `{"changes":[{"field","before","after"}], …facts}`.
    pub data: String,
}

/// One field that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which; its label is the text `field.<field>`. Of a line, `lines/3/quantity` counted from 1.
    pub field: String,
    /// What it was.
    pub before: Detail,
    /// What it is.
    pub after: Detail,
}

impl Change {
    /// The change, if it is one.
    pub fn between(field: impl Into<String>, before: impl Into<Detail>, after: impl Into<Detail>) -> Option<Self> {
        let (before, after) = (before.into(), after.into());
        (before != after).then(|| Self { field: field.into(), before, after })
    }
}

/// Fields of products that only those who may know costs are told of.
const CONFIDENTIAL: [&str; 2] = ["standard_cost", "floor_price"];

impl Event {
    /// Something of this kind happened to `subject_kind` `subject_id`; who, when and from where are written by the
    /// unit of work that records it.
    pub fn of(kind: EventKind, subject_kind: &str, subject_id: i64, subject_number: &str) -> Self {
        Self {
            position: 0,
            at: Instant::from_micros(0),
            kind: kind.as_str().to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject_id,
            subject_number: subject_number.to_owned(),
            by: UserId::NONE,
            by_name: String::new(),
            channel: String::new(),
            address: String::new(),
            reason: String::new(),
            data: "{}".to_owned(),
        }
    }

    /// Something of this kind happened to an order.
    pub fn of_order(kind: EventKind, id: OrderId, number: &str) -> Self {
        Self::of(kind, "order", id.raw(), number)
    }

    /// For this reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// With this fact; the event's text may name it as `{name}`.
    #[must_use]
    pub fn with(self, name: &str, fact: impl Into<Detail>) -> Self {
        self.put(name, fact.into().to_json())
    }

    /// With whom it was told to: as the fact `to`, a list of ids and names.
    #[must_use]
    pub fn told<'a>(self, users: impl IntoIterator<Item = (UserId, &'a str)>) -> Self {
        let user = |(id, name): (UserId, &str)| serde_json::json!({"id": id.to_string(), "name": name});
        let users: Vec<Value> = users.into_iter().map(user).collect();
        self.put("to", Value::Array(users))
    }

    /// With these changes.
    #[must_use]
    pub fn changing(self, changes: impl IntoIterator<Item = Change>) -> Self {
        let change = |change: Change| {
            serde_json::json!({
                "field": change.field, "before": change.before.to_json(), "after": change.after.to_json(),
            })
        };
        let changes: Vec<Value> = changes.into_iter().map(change).collect();
        if changes.is_empty() { self } else { self.put("changes", Value::Array(changes)) }
    }

    /// Adds a member at the end of the object; each name is given once.
    fn put(mut self, name: &str, value: Value) -> Self {
        debug_assert!(!self.facts().contains_key(name), "{name} is said twice");
        self.data.pop();
        let comma = if self.data.len() > 1 { "," } else { "" };
        // Writing to a text cannot fail.
        let _ = write!(self.data, "{comma}{}:{value}}}", Value::from(name));
        self
    }

    /// The facts and changes as JSON.
    pub fn facts(&self) -> Map<String, Value> {
        serde_json::from_str(&self.data).unwrap_or_default()
    }

    /// The same without what products cost, for those who may not know it.
    #[must_use]
    pub fn without_costs(mut self) -> Self {
        if !CONFIDENTIAL.iter().any(|field| self.data.contains(field)) {
            return self;
        }
        let mut facts = self.facts();
        if let Some(Value::Array(changes)) = facts.get_mut("changes") {
            changes.retain(|change| !change.get("field").and_then(Value::as_str).is_some_and(|field| CONFIDENTIAL.contains(&field)));
        }
        self.data = Value::Object(facts).to_string();
        self
    }

    /// What happened, in a sentence.
    pub fn summary(&self, language: Language) -> String {
        let Some(pattern) = catalogue(language).get(&format!("event.{}", self.kind)) else {
            return self.kind.clone();
        };
        let facts = self.facts();
        fill(pattern, |name| match name {
            "number" => Some(self.subject_number.clone()),
            _ => facts.get(name).map(|value| shown(language, value)),
        })
    }
}

/// A change as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownChange {
    /// Which field; of a line `lines/3/quantity`, counted from 1.
    pub field: String,
    /// Its name.
    pub label: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl Event {
    /// What changed, for people.
    pub fn changes_shown(&self, language: Language) -> Vec<ShownChange> {
        let facts = self.facts();
        let Some(Value::Array(changes)) = facts.get("changes") else { return Vec::new() };
        let change = |change: &Value| {
            let field = change.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
            let label = field_label(language, &field);
            let value = |name: &str| change.get(name).map(|value| shown(language, value)).unwrap_or_default();
            ShownChange { label, before: value("before"), after: value("after"), field }
        };
        changes.iter().map(change).collect()
    }
}

/// The label of a field; rows of lists are counted from 1: `lines/3/quantity`, `contacts/2/phone`, `contacts/2`.
pub fn field_label(language: Language, field: &str) -> String {
    let name = |name: &str| text(language, &format!("field.{name}"), &[]);
    let mut parts = field.splitn(3, '/');
    match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("lines", Some(line), Some(inner)) => format!("#{line} {}", name(inner)),
        (list, Some(place), Some(inner)) => format!("{} {place} {}", name(list), name(inner)),
        (list, Some(place), None) => format!("{} {place}", name(list)),
        (whole, None, _) => name(whole),
    }
}

/// Changes between two rows, by field; the labels are the texts `field.<field>`.
macro_rules! changes {
    ($before:expr, $after:expr; $($name:literal: |$row:ident| $value:expr,)+) => {
        [$({
            let value = |$row: &Self| -> $crate::refusal::Detail { $crate::refusal::Detail::from($value) };
            $crate::event::Change::between($name, value($before), value($after))
        }),+].into_iter().flatten().collect::<Vec<$crate::event::Change>>()
    };
}
pub(crate) use changes;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::money::Money;

    #[test]
    fn a_sentence_in_each_language() {
        let event = Event::of_order(EventKind::PaymentRecorded, OrderId::from_raw(7), "SO2026000001")
            .with("amount", (Money::from_minor(1_524_000), Currency::CNY))
            .with("payment", "PAY2026000001");
        let chinese = event.summary(Language::ZhCn);
        assert!(chinese.contains("¥15,240.00") && chinese.contains("PAY2026000001"), "{chinese}");
        assert!(!event.summary(Language::En).contains('{'));
    }

    #[test]
    fn costs_are_left_out_for_those_who_may_not_know_them() {
        let changes = [
            Change::between("name", "a", "b"),
            Change::between("standard_cost", "400.00", "410.00"),
            Change::between("floor_price", "420.00", "430.00"),
        ];
        let event = Event::of(EventKind::ProductEdited, "product", 7, "P001").changing(changes.into_iter().flatten());
        assert_eq!(event.changes_shown(Language::En).len(), 3);
        let shown = event.without_costs().changes_shown(Language::En);
        assert_eq!(shown.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["name"]);
    }

    #[test]
    fn fields_of_rows_are_labelled_with_their_place() {
        let label = |field: &str| field_label(Language::En, field);
        assert_eq!([label("notes"), label("lines/3/quantity")], ["Notes", "#3 Quantity"]);
        assert_eq!([label("contacts/2/phone"), label("contacts/2")], ["Contacts 2 Phone", "Contacts 2"]);
    }

    #[test]
    fn only_what_changed_is_a_change() {
        assert_eq!(Change::between("notes", "a", "a"), None);
        let change = Change::between("notes", "a", "b");
        let event = Event::of(EventKind::ProductEdited, "product", 1, "P001").changing(change);
        assert_eq!(event.data, r#"{"changes":[{"after":"b","before":"a","field":"notes"}]}"#);
    }
}
