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
}
