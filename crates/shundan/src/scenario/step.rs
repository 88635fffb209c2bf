//! Reading the steps of a scenario: who does what when, and what must come of it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::{Instant, Language};
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::api::{Api, Operation};
use super::expect::Check;
use super::file::{Said, expectations};
use super::fill;
use super::key::METHODS;
use super::mistake::{Mistake, place};
use super::refuse::Refuse;
use super::table::{self, below, entries, find, json, text, whole};
use super::when;

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// From 1.
    pub number: usize,
    /// In the file.
    pub line: usize,
    /// When.
    pub at: Instant,
    /// For the reader.
    pub say: Said,
    /// What is done; nothing where only time passes.
    pub ask: Option<Ask>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum By {
    /// A person, by username.
    User(String),
    /// A program, by the secret of its token.
    Bearer(String),
}

/// A request, with names still to be filled.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who.
    pub by: By,
    /// `POST`.
    pub method: String,
    /// Below `/api/v1`.
    pub path: String,
    /// What stands behind the `?`.
    pub query: Vec<(String, Value)>,
    /// The JSON body.
    pub with: Option<Value>,
    /// A form instead.
    pub upload: Option<Vec<(String, Part)>>,
    /// For `If-Match`.
    pub version: Option<String>,
    /// For `Idempotency-Key`.
    pub key: Option<String>,
    /// For `Accept-Language`, where it differs.
    pub language: Option<Language>,
    /// Names and pointers.
    pub save: Vec<(String, String)>,
    /// The status it must have; any of success where none is named.
    pub status: Option<u16>,
    /// What the answer must show.
    pub checks: Vec<Check>,
    /// How it must be refused.
    pub refuse: Option<Refuse>,
    /// How often.
    pub times: usize,
    /// All at once.
    pub together: bool,
    /// How many of them must be accepted.
    pub accept: Option<usize>,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub enum Part {
    /// A plain field.
    Text(String),
    /// A file with its name and content.
    File(String, Vec<u8>),
}

/// Times a step may be repeated at the most.
const MAX_TIMES: i64 = 10_000;

/// Names that are always known.
const ALWAYS: [&str; 2] = ["now", "today"];

/// What is known where a step is read.
pub struct Reader<'a> {
    /// What can be asked.
    pub api: &'a Api,
    /// The text of the file.
    pub whole: &'a str,
    /// The folder of the file.
    pub beside: PathBuf,
    /// Who is there.
    pub users: BTreeSet<String>,
    /// Bodies of the file, by name.
    pub bodies: &'a DeTable<'a>,
    /// Of the company.
    pub zone: String,
    /// Names saved by the steps before.
    pub saved: BTreeSet<String>,
    /// The clock after the steps before.
    pub at: Instant,
}

impl Reader<'_> {
    /// Reads a step; what is wrong with it goes to `found`.
    pub fn step(&mut self, number: usize, begins: usize, table: &DeTable<'_>, found: &mut Vec<Mistake>) -> Step {
        let field = format!("step[{number}]");
        self.time(table, &field, found);
        let ask = self.ask(begins, table, &field, found);
        if let Some(ask) = &ask {
            self.saved.extend(ask.save.iter().map(|(name, _)| name.clone()));
        }
        Step { number, line: place(self.whole, begins).0, at: self.at, say: Said::read(table, "say"), ask }
    }

    fn time(&mut self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let Some(spot) = find(table, "at") else { return };
        let value = fill::plain(&json(spot.get_ref()));
        let (at, field) = (spot.span().start, below(field, "at"));
        match when::read(&value, &self.zone, Some(self.at)) {
            Some(instant) if instant < self.at => {
                let before = self.at.shown_in(&self.zone).unwrap_or_default();
                found.push(Mistake::new(at, &field, "backwards", [("value", &value), ("before", &before)]));
            }
            Some(instant) => self.at = instant,
            None if spot.get_ref().is_str() || spot.get_ref().is_datetime() => {
                found.push(Mistake::new(at, &field, "bad_time", [("value", &value)]));
            }
            None => {}
        }
    }

    fn ask(&self, begins: usize, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> Option<Ask> {
        let Some((method, path, operation)) = self.request(begins, table, field, found) else {
            self.only_time_passes(table, field, found);
            return None;
        };
        let times = self.times(table, field, found);
        let by = self.by(begins, table, field, found);
        let refuse =
            find(table, "refuse").and_then(|spot| Refuse::read(spot.get_ref().as_table()?, place(self.whole, spot.span().start).0));
        let none = DeTable::default();
        let expected = table::table(table, "expect").unwrap_or(&none);
        let (status, checks) = expectations(self.whole, expected, &below(field, "expect"), found);
        let refused = refuse.is_some() || status.is_some_and(|status| status >= 400);
        if let (Some(spot), true, None) = (find(table, "expect"), refuse.is_some(), find(table, "accept")) {
            found.push(Mistake::new(spot.span().start, &below(field, "expect"), "both", []));
        }
        self.body_is_there(table, field, found);
        if let Some(operation) = operation {
            self.body(operation, refused, begins, table, field, found);
        }
        self.names_are_known(table, field, find(table, "repeat").is_some(), found);
        let texts = |name: &str| -> Vec<(String, String)> {
            let inner = table::table(table, name).map(entries).unwrap_or_default();
            inner.into_iter().filter_map(|(name, _, value)| Some((name.to_owned(), value.get_ref().as_str()?.to_owned()))).collect()
        };
        let save = texts("save");
        self.save_is_right(table, field, found);
        Some(Ask {
            by,
            method,
            path,
            query: table::table(table, "query")
                .map(entries)
                .unwrap_or_default()
                .into_iter()
                .map(|(name, _, value)| (name.to_owned(), json(value.get_ref())))
                .collect(),
            with: self.sent(table),
            upload: find(table, "upload").and_then(|spot| Some(self.upload(spot.get_ref().as_table()?, &below(field, "upload"), found))),
            version: text(table, "version").map(str::to_owned),
            key: text(table, "key").map(str::to_owned),
            language: text(table, "language").and_then(Language::of_tag),
            save,
            status,
            checks,
            refuse,
            times,
            together: json(find(table, "together").map_or(&DeValue::Boolean(false), toml::Spanned::get_ref)) == Value::Bool(true),
            accept: whole(table, "accept").and_then(|count| usize::try_from(count).ok()),
        })
    }

    /// Method, path, and the operation they lead to.
    fn request(
        &self,
        begins: usize,
        table: &DeTable<'_>,
        field: &str,
        found: &mut Vec<Mistake>,
    ) -> Option<(String, String, Option<&Operation>)> {
        let ways: Vec<&str> = METHODS.iter().copied().chain(["do"]).filter(|name| find(table, name).is_some()).collect();
        let (first, others) = ways.split_first()?;
        let spot = find(table, first)?;
        let (at, inner) = (spot.span().start, below(field, first));
        if let Some(other) = others.first() {
            let other_at = find(table, other).map_or(begins, |spot| spot.span().start);
            found.push(Mistake::new(other_at, &below(field, other), "two_requests", [("one", first), ("other", other)]));
        }
        let said = spot.get_ref().as_str()?;
        if *first == "do" {
            let Some(operation) = self.api.named(said) else {
                let known = self.api.operations.iter().map(|operation| operation.name.as_str());
                found.push(Mistake::new(at, &inner, "unknown_operation", [("value", said)]).like(&said.replace(['.', '-'], "_"), known));
                return Some((String::new(), String::new(), None));
            };
            let of = text(table, "of");
            match (operation.within.first(), of) {
                (Some(name), None) => found.push(Mistake::new(begins, field, "needs_of", [("value", said), ("name", name)])),
                (None, Some(_)) => {
                    let at = find(table, "of").map_or(begins, |spot| spot.span().start);
                    found.push(Mistake::new(at, &below(field, "of"), "no_of", [("value", said)]));
                }
                _ => {}
            }
            let path = operation
                .within
                .iter()
                .fold(operation.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), of.unwrap_or_default()));
            return Some((operation.method.clone(), path, Some(operation)));
        }
        if let Some(spot) = find(table, "of") {
            found.push(Mistake::new(spot.span().start, &below(field, "of"), "no_of", [("value", said)]));
        }
        let method = first.to_uppercase();
        let operation = self.api.at(&method, said.split('?').next().unwrap_or(said));
        let missed_on_purpose = find(table, "refuse").is_some();
        if operation.is_none() && !missed_on_purpose {
            let known = self.api.operations.iter().filter(|operation| operation.method == method).map(|operation| operation.path.as_str());
            found.push(Mistake::new(at, &inner, "unknown_path", [("method", &method), ("value", said)]).like(said, known));
        }
        Some((method, said.to_owned(), operation))
    }

    /// A step without a request has nothing that belongs to one.
    fn only_time_passes(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let other = entries(table).into_iter().find(|(name, ..)| !matches!(*name, "at" | "say"));
        if let Some((name, at, _)) = other {
            found.push(Mistake::new(at, field, "no_request", [("key", name)]));
        }
    }

    fn by(&self, begins: usize, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> By {
        if let Some(secret) = text(table, "bearer") {
            return By::Bearer(secret.to_owned());
        }
        let Some(name) = text(table, "as") else {
            if find(table, "as").is_none() {
                found.push(Mistake::new(begins, field, "missing", [("key", "as")]));
            }
            return By::User(String::new());
        };
        if !self.users.contains(name) {
            let at = find(table, "as").map_or(begins, |spot| spot.span().start);
            found.push(
                Mistake::new(at, &below(field, "as"), "unknown_user", [("value", name)]).like(name, self.users.iter().map(String::as_str)),
            );
        }
        By::User(name.to_owned())
    }

    fn times(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> usize {
        for name in ["together", "accept"] {
            if let (Some(spot), None) = (find(table, name), find(table, "repeat")) {
                found.push(Mistake::new(spot.span().start, &below(field, name), "needs", [("key", name), ("other", "repeat")]));
            }
        }
        let times = whole(table, "repeat").unwrap_or(1);
        let at = |name: &str| find(table, name).map_or(0, |spot| spot.span().start);
        if !(1..=MAX_TIMES).contains(&times) {
            found.push(Mistake::new(at("repeat"), &below(field, "repeat"), "range", [("from", "1"), ("to", &MAX_TIMES.to_string())]));
        }
        if whole(table, "accept").is_some_and(|count| !(0..=times).contains(&count)) {
            found.push(Mistake::new(at("accept"), &below(field, "accept"), "range", [("from", "0"), ("to", &times.to_string())]));
        }
        usize::try_from(times).unwrap_or(1)
    }

    /// What is sent fits the operation; a step that must be refused may say anything.
    fn body(&self, operation: &Operation, refused: bool, begins: usize, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
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
    fn sent(&self, step: &DeTable<'_>) -> Option<Value> {
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

    fn body_is_there(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
        let Some((spot, name)) = find(table, "body").and_then(|spot| Some((spot, spot.get_ref().as_str()?))) else { return };
        if find(self.bodies, name).is_none() {
            let mistake = Mistake::new(spot.span().start, &below(field, "body"), "unknown_body", [("value", name)]);
            found.push(mistake.like(name, entries(self.bodies).into_iter().map(|(name, ..)| name)));
        }
    }

    /// Every name in the texts of a step was saved by a step before it.
    fn names_are_known(&self, table: &DeTable<'_>, field: &str, counted: bool, found: &mut Vec<Mistake>) {
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

    fn save_is_right(&self, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) {
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

    fn upload(&self, form: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> Vec<(String, Part)> {
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
