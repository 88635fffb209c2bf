//! Requests that look right, and what chance makes of them.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::operation::{Api, Operation};
use crate::sent::{Caller, Content, Sent, escaped};
use crate::world::World;
use crate::{nasty, upload, valid};

/// A request for an operation: about four of ten as they should be, the others with one to three things wrong.
pub async fn make(api: &Api, world: &World, number: usize, dice: &mut Dice) -> Sent {
    let operation = &api.operations[number];
    let mut sent = right(api, world, number, dice).await;
    if !dice.chance(40) {
        for _ in 0..=dice.below(3) {
            spoil(world, operation, &mut sent, dice);
        }
    }
    sent
}

async fn right(api: &Api, world: &World, number: usize, dice: &mut Dice) -> Sent {
    let operation = &api.operations[number];
    let caller = match dice.below(100) {
        0..80 => Caller::Boss,
        80..90 => Caller::Program,
        90..96 => Caller::Rep,
        96..98 => Caller::Stranger,
        _ => Caller::Forger,
    };
    let path = path(world, operation, dice);
    let mut headers = Vec::new();
    if ["PUT", "DELETE"].contains(&operation.method.as_str()) {
        let shown = path.strip_suffix("/mapping").unwrap_or(&path);
        let tag = world.ask("boss", "GET", shown, None).await.header("etag").to_owned();
        if !tag.is_empty() {
            headers.push(("if-match".to_owned(), tag.into_bytes()));
        }
    }
    headers.push(("accept-language".to_owned(), dice.pick(&["en", "zh-CN", "zh-TW"]).as_bytes().to_vec()));
    let content = match &operation.body {
        None => Content::Empty,
        Some((kind, _)) if kind.starts_with("multipart") => upload::content(world, operation.noun(), dice).await,
        Some((_, schema)) => Content::Json(valid::value(api, world, schema, "", dice)),
    };
    let wanted: Vec<_> = operation.query.iter().filter(|_| dice.chance(15)).collect();
    let query = wanted.into_iter().map(|field| (field.0.clone(), valid::query(api, world, operation.noun(), field, dice))).collect();
    Sent { operation: number, method: operation.method.clone(), caller, path, query, headers, content }
}

fn path(world: &World, operation: &Operation, dice: &mut Dice) -> String {
    let Some((before, rest)) = operation.path.split_once('{') else { return operation.path.clone() };
    let (name, behind) = rest.split_once('}').unwrap();
    let id = match name {
        "name" => (*dice.pick(&["artikel", "northwind", "m 1", "数"])).to_owned(),
        _ => valid::id(world, operation.noun(), dice),
    };
    format!("{before}{}{behind}", escaped(&id))
}

/// Ids that are none; escaped already.
const IDS: &[&str] = &[
    "0",
    "-1",
    "AAAAAAAAAAA",
    "9223372036854775808",
    "%00",
    "%FF%FE",
    "%F0%9F%A7%A8",
    "..%2F..%2F",
    "%27%20OR%201%3D1--",
    "%20",
    "null",
    "SO2026999999",
    "%E2%80%AE",
    "a%2Fb",
    "zzzzzzzzzzzzz",
    "%25",
];

fn spoil(world: &World, operation: &Operation, sent: &mut Sent, dice: &mut Dice) {
    match dice.below(20) {
        0 if operation.path.contains('{') => {
            let (before, rest) = operation.path.split_once('{').unwrap();
            let (_, behind) = rest.split_once('}').unwrap();
            let long = "9".repeat(8000);
            let id = if dice.chance(10) { &long } else { *dice.pick(IDS) };
            sent.path = format!("{before}{id}{behind}");
        }
        0..3 => header(sent, dice),
        3..6 => spoil_query(operation, sent, dice),
        6 => {
            let bytes = sent.bytes();
            sent.content = Content::Bytes("application/json".into(), nasty::broken(if bytes.is_empty() { b"{}" } else { &bytes }, dice));
        }
        7 => sent.content = Content::Bytes((*dice.pick(nasty::KINDS)).into(), sent.bytes()),
        _ => match &mut sent.content {
            Content::Json(value) => spoil_value(world, value, dice),
            Content::Bytes(kind, bytes) => upload::spoil(kind, bytes, dice),
            Content::Empty => spoil_query(operation, sent, dice),
        },
    }
}

fn header(sent: &mut Sent, dice: &mut Dice) {
    let (name, values): (&str, &[&str]) = match dice.below(7) {
        0 => ("if-match", &["", "*", "\"0\"", "\"-1\"", "W/\"1\"", "\"99999999999999999999\"", "1", "\"1\", \"2\"", "\"x\""]),
        1 => ("idempotency-key", &["", "k1", "k1", "k2", " ", "'; --", "🧨", "LONG"]),
        2 => (
            "accept",
            &[
                "text/html",
                "text/csv",
                "application/xml;q=0.1",
                ";;;",
                "*/*",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "LONG",
            ],
        ),
        3 => ("accept-language", &["", "xx", "zh;q=9", "de-DE, fr", "*", "zh-Hant-HK", "🧨", "LONG", "en-;q=,,"]),
        4 => ("last-event-id", &["-1", "x", "99999999999999999999", "0"]),
        5 => ("x-request-id", &["a b", "LONG", "<x>", "\"", "ok-1"]),
        _ => ("user-agent", &["LONG", "🧨", "", "<script>"]),
    };
    let value = (*dice.pick(values)).replace("LONG", &"n".repeat(9000)).into_bytes();
    sent.headers.retain(|(known, _)| known != name);
    if !dice.chance(15) {
        sent.headers.push((name.to_owned(), value));
    }
}

fn spoil_query(operation: &Operation, sent: &mut Sent, dice: &mut Dice) {
    let name = match operation.query.get(dice.below(operation.query.len() + 2)) {
        Some((name, _)) => name.clone(),
        None => (*dice.pick(&["limit", "cursor", "unknown", "a[]", "sort", "", "company_id", "🧨"])).to_owned(),
    };
    let value = match name.as_str() {
        "limit" => (*dice.pick(&["0", "-1", "201", "1e2", "x", "", "99999999999999999999", "1.5", " 5"])).to_owned(),
        "cursor" => (*dice.pick(&[
            "x",
            "",
            "eyJ9",
            "////",
            "e30",
            "eyJzb3J0IjoiLWNyZWF0ZWRfYXQiLCJ2YWx1ZXMiOlsieCIsMV19",
            "-1",
            "9223372036854775807",
        ]))
        .to_owned(),
        "sort" => (*dice.pick(&["", "-", "--code", "password_hash", "code;drop", "code,name", "1"])).to_owned(),
        _ => nasty::text(dice).chars().take(3000).collect(),
    };
    if dice.chance(80) {
        sent.query.retain(|(known, _)| *known != name);
    }
    sent.query.push((name, value));
}

/// Puts something else in one place of a value.
pub fn spoil_value(world: &World, value: &mut Value, dice: &mut Dice) {
    let mut places = Vec::new();
    list_places(value, String::new(), &mut places);
    let place = dice.pick(&places).clone();
    let Some(found) = value.pointer_mut(&place) else { return };
    match (dice.below(10), &mut *found) {
        (0, Value::Object(fields)) if !fields.is_empty() => {
            let name = fields.keys().nth(dice.below(fields.len())).unwrap().clone();
            fields.remove(&name);
        }
        (1, Value::Object(fields)) => {
            let long = "k".repeat(10_000);
            let name = *dice.pick(&["unknown", "", "a/b~c", "__proto__", "company_id", "id", "数", "total", &long]);
            fields.insert(name.to_owned(), nasty::value(dice));
        }
        (0, Value::Array(items)) => items.clear(),
        (1, Value::Array(items)) => {
            let item = items.first().cloned().unwrap_or(Value::Null);
            *items = vec![item; *dice.pick(&[2, 3, 500])];
        }
        (2, _) => *found = dice.pick(&world.foreign).clone().into(),
        (3, _) => {
            let all: Vec<&String> = world.ids.values().flatten().collect();
            *found = json!(*dice.pick(&all));
        }
        (4..8, Value::String(text)) => *text = nasty::text(dice),
        _ => *found = nasty::value(dice),
    }
}

/// The pointer of every value in `value`, itself too.
pub fn list_places(value: &Value, at: String, found: &mut Vec<String>) {
    let escape = |name: &str| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| list_places(field, format!("{at}/{}", escape(name)), found)),
        Value::Array(items) => {
            items.iter().take(20).enumerate().for_each(|(place, item)| list_places(item, format!("{at}/{place}"), found))
        }
        _ => {}
    }
    found.push(at);
}
