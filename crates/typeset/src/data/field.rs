//! What a template may use: each fact with its path, its word and an example, for the editor and the documentation.

use domain::{DocumentKind, Language};
use serde_json::Value;

use super::sample;
use crate::template::word;

/// A fact that a template may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its place in `data`: `totals.payable`, `lines[].amount`.
    pub path: String,
    /// Its word in the language.
    pub name: String,
    /// As it is in the sample.
    pub example: String,
}

/// Everything a template of this kind may use.
pub fn fields(kind: DocumentKind, language: Language) -> Vec<Field> {
    let mut all = Vec::new();
    walk(language, "", &sample(kind, language, 2), &mut all);
    all
}

fn walk(language: Language, path: &str, value: &Value, all: &mut Vec<Field>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(language, &path, member, all);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                walk(language, &format!("{path}[]"), first, all);
            }
        }
        other => {
            let key = path.rsplit('.').next().unwrap_or(path);
            let example = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
            let name = named(language, path, key).unwrap_or_default().to_owned();
            all.push(Field { path: path.to_owned(), name, example });
        }
    }
}

/// Some facts have one name in the data and another on paper.
fn named(language: Language, path: &str, key: &str) -> Option<&'static str> {
    let key = match (path, key) {
        ("customer.code", _) => "customer_code",
        ("customer.name", _) => "customer_name",
        ("company.name", _) => "company",
        ("order.number", _) => "order_number",
        ("invoice.kind", _) => "invoice_kind",
        (_, "no") => "line_no",
        (_, "code") => "product_code",
        (_, "name") => "product_name",
        (_, "share") => "deposit_rate",
        (_, "order") => "order_number",
        (_, key) => key,
    };
    word(language, key)
}
