//! What a notification is made of: the facts of an event and of the order it is about.

use std::collections::BTreeSet;

use domain::notify::{NotifyRecipient, NotifyRule};
use domain::{Detail, Event, Order, User, UserId};
use serde_json::{Map, Value};

/// The facts that fill templates, in JSON.
pub(crate) fn facts(event: &Event, order: Option<&Order>) -> String {
    let mut facts: Map<String, Value> = Map::new();
    let mut put = |name: &str, detail: Detail| drop(facts.insert(name.to_owned(), detail.to_json()));
    if let Some(order) = order {
        put("customer", order.customer_name.as_str().into());
        put("payable", (order.payable_minor, order.currency).into());
        put("required_on", order.required_on.into());
    }
    for (name, value) in event.facts() {
        if name != "changes" && name != "recipients" {
            facts.insert(name, value);
        }
    }
    for (name, value) in [
        ("number", event.subject_number.clone()),
        ("by", event.by_name.clone()),
        ("at", event.at.to_string()),
        ("reason", event.reason.clone()),
    ] {
        facts.insert(name.to_owned(), value.into());
    }
    Value::Object(facts).to_string()
}

/// Who a rule says is told of an event; who did it knows already.
pub(crate) fn recipients<'a>(rule: &NotifyRule, event: &Event, order: Option<&Order>, users: &'a [User]) -> Vec<&'a User> {
    let mut ids: BTreeSet<UserId> = BTreeSet::new();
    for to in &rule.to {
        match to {
            NotifyRecipient::Rep => ids.extend(order.and_then(|order| order.rep_id)),
            NotifyRecipient::Enterer => ids.extend(order.map(|order| order.entered_by)),
            NotifyRecipient::Recipients => ids.extend(named(event)),
            // Not a user of the company: written to beside these.
            NotifyRecipient::Customer => {}
        }
    }
    let is_told = |user: &&User| ids.contains(&user.id) || rule.roles.iter().any(|role| user.roles.contains(role));
    users.iter().filter(is_told).filter(|user| user.id != event.by).collect()
}

/// The users in the event's fact `recipients`, or in `to`, whom it was told to: a list of ids, as text or number, or with names beside.
fn named(event: &Event) -> Vec<UserId> {
    let facts = event.facts();
    let Some(Value::Array(list)) = facts.get("recipients").or_else(|| facts.get("to")) else { return Vec::new() };
    let id = |value: &Value| match value.get("id").unwrap_or(value) {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_i64().map(UserId::from_raw),
        _ => None,
    };
    list.iter().filter_map(id).collect()
}
