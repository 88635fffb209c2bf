//! The smallest request that still goes wrong in the same way.

use serde_json::Value;

use crate::request::list_places;
use crate::sent::{Content, Sent};

/// Everything that is a little smaller than `sent`, the boldest first.
pub fn smaller(sent: &Sent) -> Vec<Sent> {
    let mut all = Vec::new();
    for place in 0..sent.query.len() {
        let mut less = sent.clone();
        less.query.remove(place);
        all.push(less);
    }
    for place in 0..sent.headers.len() {
        let mut less = sent.clone();
        less.headers.remove(place);
        all.push(less);
    }
    if let Content::Json(value) = &sent.content {
        all.extend(smaller_values(value).into_iter().map(|value| Sent { content: Content::Json(value), ..sent.clone() }));
    }
    all
}

fn smaller_values(value: &Value) -> Vec<Value> {
    let mut places = Vec::new();
    list_places(value, String::new(), &mut places);
    places.sort_by_key(String::len);
    let mut all = Vec::new();
    for place in &places {
        let mut without = value.clone();
        let (parent, name) = place.rsplit_once('/').unwrap_or_default();
        match without.pointer_mut(parent) {
            Some(Value::Object(fields)) if !place.is_empty() => {
                fields.remove(&name.replace("~1", "/").replace("~0", "~"));
                all.push(without);
            }
            Some(Value::Array(items)) if !place.is_empty() => {
                if let Some(at) = name.parse().ok().filter(|at: &usize| *at < items.len()) {
                    items.remove(at);
                    all.push(without);
                }
            }
            _ => {}
        }
        let mut short = value.clone();
        match short.pointer_mut(place) {
            Some(Value::String(text)) if text.chars().count() > 8 && !text.starts_with('@') => {
                *text = text.chars().take(text.chars().count() / 2).collect();
                all.push(short);
            }
            Some(Value::Array(items)) if items.len() > 3 => {
                items.truncate(items.len() / 2);
                all.push(short);
            }
            _ => {}
        }
    }
    all
}
