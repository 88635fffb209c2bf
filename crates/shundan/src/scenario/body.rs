//! Reading what a step sends: it fits the operation, and every name in it is known.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::api::Operation;
use super::fill;
use super::mistake::Mistake;
use super::step::{Part, Reader};
use super::table::{self, below, entries, find, json, text};

/// Names that are always known.
const ALWAYS: [&str; 2] = ["now", "today"];

impl Reader<'_> {
    /// What is sent fits the operation; a step that must be refused may say anything.
    pub(super) fn body(
        &self,
        operation: &Operation,
        refused: bool,
        begins: usize,
        table: &DeTable<'_>,
        field: &str,
        found: &mut Vec<Mistake>,
    ) {
        if refused {
            return;
        }
        for (name, at, _) in table::table(table, "query").map(entries).unwrap_or_default() {
            if !operation.query.iter().any(|known| known == name) {
                found.push(table::unknown(name, at, &below(field, "query"), operation.query.iter().map(String::as_str)));
            }
        }
        let (with, upload) = (find(table, "with"), find(table, "upload"));
        let based = text(table, "body").and_then(|name| Some((format!("body.{name}"), table::table(self.bodies, name)?)));
        let said = with.and_then(|spot| Some((below(field, "with"), spot.get_ref().as_table()?)));
        match (&operation.body, with.or_else(|| find(table, "body"))) {
            (Some(schema), _) => {
                based.into_iter().chain(said).for_each(|(field, body)| self.api.check_with(schema, body, &field, found));
            }
            (None, Some(spot)) => {
                found.push(Mistake::new(spot.span().start, &below(field, "with"), "no_body", [("value", &operation.name)]))
            }
            _ => {}
        }
        match (&operation.form, upload) {
            (None, Some(spot)) => {
                found.push(Mistake::new(spot.span().start, &below(field, "upload"), "no_form", [("value", &operation.name)]))
            }
            (Some(_), None) => found.push(Mistake::new(begins, field, "missing", [("key", "upload")])),
            _ => {}
        }
    }

    /// The body: one of the file's with what differs, or what the step says.
    pub(super) fn sent(&self, step: &DeTable<'_>) -> Option<Value> {
        let said = find(step, "with").map(|spot| json(spot.get_ref()));
        let base = text(step, "body").and_then(|name| find(self.bodies, name)).map(|spot| json(spot.get_ref()));
        match (base, said) {
            (Some(Value::Object(mut base)), Some(Value::Object(said))) => {
                base.extend(said);
                Some(Value::Object(base))
            }
            (base, said) => said.or(base),
        }
    }

    pub(super) fn body_is_there(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let Some((spot, name)) = find(table, "body").and_then(|spot| Some((spot, spot.get_ref().as_str()?))) else { return };
        if find(self.bodies, name).is_none() {
            let mistake = Mistake::new(spot.span().start, &below(field, "body"), "unknown_body", [("value", name)]);
            found.push(mistake.like(name, entries(self.bodies).into_iter().map(|(name, ..)| name)));
        }
    }

    /// Every name in the texts of a step was saved by a step before it.
    pub(super) fn names_are_known(&self, table: &DeTable<'_>, field: &str, counted: bool, found: &mut Vec<Mistake>) {
        let known = || self.saved.iter().map(String::as_str).chain(ALWAYS).chain(counted.then_some("n"));
        let sent = text(table, "body").and_then(|name| Some((format!("body.{name}"), find(self.bodies, name)?)));
        let filled = ["of", "get", "post", "put", "delete", "query", "with", "upload", "version", "key", "bearer", "expect", "refuse"];
        let own = entries(table).into_iter().filter(|(key, ..)| filled.contains(key)).map(|(key, _, spot)| (below(field, key), spot));
        for (field, spot) in own.chain(sent) {
            let mut texts = Vec::new();
            collect(spot, &field, &mut texts);
            for (text, at, place) in texts {
                for name in fill::names(&text).into_iter().filter(|name| !known().any(|known| known == *name)) {
                    found.push(Mistake::new(at, &place, "unknown_name", [("value", name)]).like(name, known()));
                }
            }
        }
    }

    pub(super) fn save_is_right(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let field = below(field, "save");
        for (name, at, value) in table::table(table, "save").map(entries).unwrap_or_default() {
            if fill::names(&format!("{{{name}}}")).is_empty() || ALWAYS.contains(&name) || name == "n" {
                found.push(Mistake::new(at, &field, "bad_name", [("value", name)]));
            }
            let pointer = value.get_ref().as_str().unwrap_or("/");
            if !(pointer.is_empty() || pointer.starts_with('/')) {
                found.push(Mistake::new(value.span().start, &below(&field, name), "not_pointer", [("value", pointer)]));
            }
        }
    }

    pub(super) fn upload(&self, form: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> Vec<(String, Part)> {
        let mut parts = Vec::new();
        for (name, at, spot) in entries(form) {
            let inner = below(field, name);
            let DeValue::Table(file) = spot.get_ref() else {
                parts.push((name.to_owned(), Part::Text(fill::plain(&json(spot.get_ref())))));
                continue;
            };
            for (key, at, _) in entries(file).into_iter().filter(|(key, ..)| !["name", "text", "path"].contains(key)) {
                found.push(table::unknown(key, at, &inner, ["name", "text", "path"]));
            }
            let path = text(file, "path").map(|path| self.beside.join(path));
            let called = text(file, "name").map(str::to_owned);
            let called = called.or_else(|| Some(path.as_ref()?.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
            let content = match (&path, text(file, "text")) {
                (Some(path), _) => std::fs::read(path).map_err(|why| (path.display().to_string(), why.to_string())),
                (None, Some(text)) => Ok(text.as_bytes().to_vec()),
                (None, None) => {
                    found.push(Mistake::new(at, &inner, "missing", [("key", "text")]));
                    continue;
                }
            };
            match content {
                Ok(bytes) => parts.push((name.to_owned(), Part::File(called, bytes))),
                Err((path, why)) => found.push(Mistake::new(at, &inner, "no_file", [("path", &path), ("why", &why)])),
            }
        }
        parts
    }
}

/// Every text in a value, also the keys of its tables, with its place.
fn collect(spot: &table::Spot<'_>, field: &str, texts: &mut Vec<(String, usize, String)>) {
    match spot.get_ref() {
        DeValue::String(text) => texts.push((text.to_string(), spot.span().start, field.to_owned())),
        DeValue::Array(items) => items.iter().enumerate().for_each(|(place, item)| collect(item, &format!("{field}[{place}]"), texts)),
        DeValue::Table(table) => {
            for (name, at, value) in entries(table) {
                texts.push((name.to_owned(), at, field.to_owned()));
                collect(value, &below(field, name), texts);
            }
        }
        _ => {}
    }
}
