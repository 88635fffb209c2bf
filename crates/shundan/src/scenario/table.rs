//! Tables of a TOML file with the place of everything in them.

use serde_json::{Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::api::Api;
use super::key::{Key, Kind, LANGUAGES};
use super::mistake::Mistake;

/// A value with its place.
pub type Spot<'t> = Spanned<DeValue<'t>>;

/// The value of a key.
pub fn find<'a, 't>(table: &'a DeTable<'t>, name: &str) -> Option<&'a Spot<'t>> {
    table.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
}

/// The text of a key.
pub fn text<'a>(table: &'a DeTable<'_>, name: &str) -> Option<&'a str> {
    find(table, name)?.get_ref().as_str()
}

/// The whole number of a key.
pub fn whole(table: &DeTable<'_>, name: &str) -> Option<i64> {
    json(find(table, name)?.get_ref()).as_i64()
}

/// The texts of a key: one, or a list.
pub fn names(table: &DeTable<'_>, name: &str) -> Vec<String> {
    match find(table, name).map(Spanned::get_ref) {
        Some(DeValue::String(text)) => vec![text.to_string()],
        Some(DeValue::Array(items)) => items.iter().filter_map(|item| item.get_ref().as_str()).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The table of a key.
pub fn table<'a, 't>(within: &'a DeTable<'t>, name: &str) -> Option<&'a DeTable<'t>> {
    find(within, name)?.get_ref().as_table()
}

/// The tables of a list, each with its place.
pub fn tables<'a, 't>(within: &'a DeTable<'t>, name: &str) -> Vec<(usize, &'a DeTable<'t>)> {
    let items = find(within, name).and_then(|value| value.get_ref().as_array());
    let table = |item: &'a Spot<'t>| Some((item.span().start, item.get_ref().as_table()?));
    items.into_iter().flat_map(|items| items.iter()).filter_map(table).collect()
}

/// The keys of a table in the order they are written.
pub fn entries<'a, 't>(table: &'a DeTable<'t>) -> Vec<(&'a str, usize, &'a Spot<'t>)> {
    let mut all: Vec<_> = table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value)).collect();
    all.sort_by_key(|(_, at, _)| *at);
    all
}

/// A value as JSON; dates and times are texts.
pub fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from),
        DeValue::Float(number) => number.as_str().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        DeValue::Boolean(yes) => (*yes).into(),
        DeValue::Datetime(time) => time.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => entries(table).into_iter().map(|(key, _, value)| (key.to_owned(), json(value.get_ref()))).collect(),
    }
}

/// The name of a field below another.
pub fn below(field: &str, name: &str) -> String {
    if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") }
}

/// Checks a table, and all below it, against its keys.
pub fn check(table: &DeTable<'_>, at: usize, keys: &[Key], field: &str, api: &Api, found: &mut Vec<Mistake>) {
    for (name, place, value) in entries(table) {
        match keys.iter().find(|key| key.name == name) {
            Some(key) => check_value(value, &key.kind, &below(field, name), api, found),
            None => found.push(unknown(name, place, field, keys.iter().map(|key| key.name))),
        }
    }
    for key in keys.iter().filter(|key| key.must && find(table, key.name).is_none()) {
        found.push(Mistake::new(at, field, "missing", [("key", key.name)]));
    }
}

/// A key that is not known.
pub fn unknown<'a>(name: &str, at: usize, field: &str, known: impl IntoIterator<Item = &'a str>) -> Mistake {
    Mistake::new(at, field, "unknown_key", [("key", name)]).like(name, known)
}

fn check_value(spot: &Spot<'_>, kind: &Kind, field: &str, api: &Api, found: &mut Vec<Mistake>) {
    let at = spot.span().start;
    let value = spot.get_ref();
    let wrong = |expected: &'static str| Mistake::new(at, field, expected, [("found", value.type_str())]);
    match (kind, value) {
        (Kind::Text | Kind::Time | Kind::Names, DeValue::String(_))
        | (Kind::Said, DeValue::String(_))
        | (Kind::Whole, DeValue::Integer(_))
        | (Kind::YesNo, DeValue::Boolean(_))
        | (Kind::Time, DeValue::Datetime(_))
        | (Kind::Table, DeValue::Table(_)) => {}
        (Kind::Said, DeValue::Table(table)) => check_languages(table, field, found),
        (Kind::Names, DeValue::Array(items)) if items.iter().all(|item| item.get_ref().is_str()) => {}
        (Kind::Texts, DeValue::Table(table)) => {
            let other = entries(table).into_iter().filter(|(_, _, value)| !value.get_ref().is_str());
            let each = |(name, _, value): (&str, usize, &Spot<'_>)| {
                Mistake::new(value.span().start, &below(field, name), "not_text", [("found", value.get_ref().type_str())])
            };
            found.extend(other.map(each));
        }
        (Kind::Choice(known), DeValue::String(text)) => {
            if !known.contains(&text.as_ref()) {
                let mistake = Mistake::new(at, field, "choice", [("value", text), ("known", &known.join(", "))]);
                found.push(mistake.like(text, known.iter().copied()));
            }
        }
        (Kind::One(keys), DeValue::Table(table)) => check(table, at, keys, field, api, found),
        (Kind::Body(schema, keys), DeValue::Table(table)) => api.check_body(schema, keys, table, field, found),
        (Kind::Many(_) | Kind::Bodies(..), DeValue::Array(items)) => {
            for (item, number) in items.iter().zip(1..) {
                let one = match kind {
                    Kind::Many(keys) => Kind::One(keys),
                    Kind::Bodies(schema, keys) => Kind::Body(schema, keys),
                    _ => *kind,
                };
                check_value(item, &one, &format!("{field}[{number}]"), api, found);
            }
        }
        (Kind::Text | Kind::Choice(_), _) => found.push(wrong("not_text")),
        (Kind::Said, _) => found.push(wrong("not_said")),
        (Kind::Whole, _) => found.push(wrong("not_whole")),
        (Kind::YesNo, _) => found.push(wrong("not_yes_no")),
        (Kind::Time, _) => found.push(wrong("not_time")),
        (Kind::Names, _) => found.push(wrong("not_names")),
        (Kind::Texts | Kind::Table | Kind::One(_) | Kind::Body(..), _) => found.push(wrong("not_table")),
        (Kind::Many(_) | Kind::Bodies(..), _) => found.push(wrong("not_tables")),
    }
}

fn check_languages(table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
    for (name, at, value) in entries(table) {
        if !LANGUAGES.contains(&name) {
            found.push(unknown(name, at, field, LANGUAGES.iter().copied()));
        } else if !value.get_ref().is_str() {
            found.push(Mistake::new(value.span().start, &below(field, name), "not_text", [("found", value.get_ref().type_str())]));
        }
    }
}
