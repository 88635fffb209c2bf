//! A scenario as it was read from its file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::{Instant, Language, zone_is_known};
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::api::Api;
use super::expect::Check;
use super::key;
use super::mistake::{Mistake, place};
use super::rules::{self, Rules};
use super::step;
use super::table::{self, find, json, names, tables, text};
use super::when;

/// A text in one or more languages.
#[derive(Clone, Debug, Default)]
pub struct Said(Vec<(Option<Language>, String)>);

impl Said {
    /// The text of a key.
    pub fn read(within: &DeTable<'_>, name: &str) -> Self {
        match find(within, name).map(toml::Spanned::get_ref) {
            Some(DeValue::String(text)) => Said(vec![(None, text.to_string())]),
            Some(DeValue::Table(table)) => {
                let entries = table::entries(table).into_iter();
                Said(entries.filter_map(|(tag, _, text)| Some((Language::of_tag(tag), text.get_ref().as_str()?.to_owned()))).collect())
            }
            _ => Said::default(),
        }
    }

    /// In a language, else in the first one written.
    pub fn in_language(&self, language: Language) -> &str {
        let own = self.0.iter().find(|(written, _)| *written == Some(language));
        own.or(self.0.first()).map_or("", |(_, text)| text)
    }
}

/// A record that is there before the first step.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it stands: `customer[2]`, and the byte in the file.
    pub field: String,
    /// Byte in the text of the file.
    pub at: usize,
    /// The path it is posted to.
    pub path: &'static str,
    /// What is posted.
    pub body: Value,
    /// Stock at the start by warehouse.
    pub stock: Vec<(String, String)>,
}

/// A person.
#[derive(Clone, Debug)]
pub struct User {
    /// Byte in the text of the file.
    pub at: usize,
    /// Named by steps.
    pub username: String,
    /// On screens and papers; the role's in the language where it is empty.
    pub name: String,
    /// Codes of roles.
    pub roles: Vec<String>,
}

/// The company that is founded.
#[derive(Clone, Debug)]
pub struct Company {
    /// Byte in the text of the file.
    pub at: usize,
    /// Typed at sign-in.
    pub code: String,
    /// On documents.
    pub name: String,
    /// Of its books.
    pub currency: String,
    /// Decides which day it is.
    pub time_zone: String,
    /// Settings that differ from those of a new company.
    pub settings: Value,
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What it is.
    pub name: Said,
    /// When it begins.
    pub start: Instant,
    /// Of the users and the answers.
    pub language: Language,
    /// Whose it is.
    pub company: Company,
    /// Roles beside those of every company.
    pub roles: Vec<Record>,
    /// The blueprint to put in force, where it is not the one of every new company.
    pub rules: Option<Rules>,
    /// The people; `admin` is there besides.
    pub users: Vec<User>,
    /// Warehouses, products, customers, prices, in this order.
    pub records: Vec<Record>,
    /// What happens.
    pub steps: Vec<step::Step>,
}

/// The user who sets the company up.
pub const ADMIN: &str = "admin";

/// Reads a scenario.
///
/// # Errors
/// Every mistake that was found.
pub fn read(path: &Path, text: &str, api: &Api) -> Result<Scenario, Vec<Mistake>> {
    let (document, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        let mistake =
            |error: &toml::de::Error| Mistake::new(error.span().map_or(0, |span| span.start), "", "syntax", [("why", error.message())]);
        let mut found: Vec<Mistake> = broken.iter().map(mistake).collect();
        found.sort_by_key(|mistake| mistake.at);
        return Err(found);
    }
    let mut found = Vec::new();
    let file = document.get_ref();
    table::check(file, 0, key::FILE, "", api, &mut found);
    let scenario = scenario(path, text, file, api, &mut found);
    found.sort_by_key(|mistake| mistake.at);
    found.dedup();
    if found.is_empty() { Ok(scenario) } else { Err(found) }
}

fn scenario(path: &Path, whole: &str, file: &DeTable<'_>, api: &Api, found: &mut Vec<Mistake>) -> Scenario {
    let company = company(file, found);
    let start = find(file, "start").map(|spot| (spot.span().start, super::fill::plain(&json(spot.get_ref()))));
    let begins = start.as_ref().and_then(|(_, text)| when::read(text, &company.time_zone, None));
    if let (Some((at, value)), None) = (&start, begins) {
        found.push(Mistake::new(*at, "start", "bad_time", [("value", value)]));
    }
    let start = begins.unwrap_or(Instant::from_micros(0));
    let roles = roles(file);
    let users = users(file, &roles, found);
    let rules = rules::read(path, file, &roles, found);
    let language = text(file, "language").and_then(Language::of_tag).unwrap_or(Language::ZhCn);
    let usernames: BTreeSet<String> = users.iter().map(|user| user.username.clone()).chain([ADMIN.to_owned()]).collect();
    let none = DeTable::default();
    let bodies = table::table(file, "body").unwrap_or(&none);
    let beside = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut reader =
        step::Reader { api, whole, beside, users: usernames, bodies, zone: company.time_zone.clone(), saved: BTreeSet::new(), at: start };
    let mut steps: Vec<step::Step> = Vec::new();
    for ((at, table), number) in tables(file, "step").into_iter().zip(1..) {
        steps.push(reader.step(number, at, table, found));
    }
    Scenario {
        path: path.to_owned(),
        text: whole.to_owned(),
        name: Said::read(file, "name"),
        start,
        language,
        roles: records(file, "role", "/roles"),
        rules,
        users,
        records: master_data(file, found),
        steps,
        company,
    }
}

fn company(file: &DeTable<'_>, found: &mut Vec<Mistake>) -> Company {
    let none = DeTable::default();
    let spot = find(file, "company");
    let at = spot.map_or(0, |spot| spot.span().start);
    let said = spot.and_then(|spot| spot.get_ref().as_table()).unwrap_or(&none);
    let word = |name: &str, usual: &str| text(said, name).unwrap_or(usual).to_owned();
    let time_zone = word("time_zone", "Asia/Shanghai");
    if let (Some(zone), false) = (find(said, "time_zone"), zone_is_known(&time_zone)) {
        found.push(Mistake::new(zone.span().start, "company.time_zone", "bad_zone", [("value", &time_zone)]));
    }
    let founding = ["code", "name", "currency", "time_zone"];
    let settings = table::entries(said).into_iter().filter(|(name, ..)| !founding.contains(name));
    Company {
        at,
        code: word("code", "scenario"),
        name: word("name", "Scenario"),
        currency: word("currency", "CNY"),
        settings: settings.map(|(name, _, value)| (name.to_owned(), json(value.get_ref()))).collect(),
        time_zone,
    }
}

/// Codes of the roles there are: those of every company, and the file's own.
fn roles(file: &DeTable<'_>) -> Vec<String> {
    let own = tables(file, "role").into_iter().filter_map(|(_, table)| text(table, "code").map(str::to_owned));
    domain::default_roles().into_iter().map(|role| role.code).chain(own).collect()
}

fn users(file: &DeTable<'_>, roles: &[String], found: &mut Vec<Mistake>) -> Vec<User> {
    if find(file, "user").is_none() {
        let user = |code: &String| User { at: 0, username: code.clone(), name: String::new(), roles: vec![code.clone()] };
        return roles.iter().filter(|code| *code != ADMIN).map(user).collect();
    }
    let mut users: Vec<User> = Vec::new();
    for ((at, table), number) in tables(file, "user").into_iter().zip(1..) {
        let username = text(table, "username").unwrap_or_default().to_owned();
        let place = |name: &str| find(table, name).map_or(at, |spot| spot.span().start);
        if username == ADMIN || users.iter().any(|user| user.username == username) {
            found.push(Mistake::new(place("username"), &format!("user[{number}].username"), "user_twice", [("value", &username)]));
        }
        for role in &names(table, "role") {
            if !roles.contains(role) {
                let mistake = Mistake::new(place("role"), &format!("user[{number}].role"), "unknown_role", [("value", role)]);
                found.push(mistake.like(role, roles.iter().map(String::as_str)));
            }
        }
        let name = text(table, "name").unwrap_or(&username).to_owned();
        users.push(User { at, name, roles: names(table, "role"), username });
    }
    users
}

/// Kinds of records in the order they are made, with where they are posted to.
const RECORDS: [(&str, &str); 4] =
    [("warehouse", "/warehouses"), ("product", "/products"), ("customer", "/customers"), ("price", "/prices")];

/// The records of a kind.
fn records(file: &DeTable<'_>, kind: &str, path: &'static str) -> Vec<Record> {
    let record = |((at, table), number): ((usize, &DeTable<'_>), usize)| {
        let body = json(&DeValue::Table(table.clone()));
        Record { field: format!("{kind}[{number}]"), at, path, body, stock: Vec::new() }
    };
    tables(file, kind).into_iter().zip(1..).map(record).collect()
}

fn master_data(file: &DeTable<'_>, found: &mut Vec<Mistake>) -> Vec<Record> {
    let houses: Vec<String> =
        tables(file, "warehouse").into_iter().filter_map(|(_, table)| Some(text(table, "code")?.to_owned())).collect();
    let mut all = Vec::new();
    for (kind, path) in RECORDS {
        for (mut record, (_, table)) in records(file, kind, path).into_iter().zip(tables(file, kind)) {
            if let Some(fields) = record.body.as_object_mut() {
                fields.remove("stock");
            }
            for (house, place, quantity) in table::table(table, "stock").map(table::entries).unwrap_or_default() {
                if !houses.iter().any(|known| known == house) {
                    let mistake = Mistake::new(place, &format!("{}.stock", record.field), "unknown_warehouse", [("value", house)]);
                    found.push(mistake.like(house, houses.iter().map(String::as_str)));
                }
                record.stock.extend(quantity.get_ref().as_str().map(|quantity| (house.to_owned(), quantity.to_owned())));
            }
            all.push(record);
        }
    }
    all
}

/// Reads the checks of `expect`, and its status.
pub fn expectations(whole: &str, table: &DeTable<'_>, field: &str, found: &mut Vec<Mistake>) -> (Option<u16>, Vec<Check>) {
    let mut status = None;
    let mut checks = Vec::new();
    for (name, at, value) in table::entries(table) {
        let inner = table::below(field, name);
        if name == "status" {
            status =
                json(value.get_ref()).as_u64().and_then(|status| u16::try_from(status).ok()).filter(|status| (100..600).contains(status));
            if status.is_none() {
                found.push(Mistake::new(value.span().start, &inner, "not_status", [("found", value.get_ref().type_str())]));
            }
        } else if name.is_empty() || name.starts_with('/') {
            checks.push(Check::read(name, place(whole, at).0, value, &inner, found));
        } else {
            found.push(Mistake::new(at, field, "not_pointer", [("value", name)]).like(name, ["status"]));
        }
    }
    (status, checks)
}
